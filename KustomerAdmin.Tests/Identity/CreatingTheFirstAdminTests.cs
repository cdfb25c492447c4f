using System.Net;
using KustomerAdmin.Audit;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Identity;

public sealed class CreatingTheFirstAdminTests : IAsyncLifetime
{
    private readonly TestApp _app = TestApp.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/setup")]
    [InlineData("/setup?token=")]
    [InlineData("/setup?token=a-token-that-nobody-printed")]
    public async Task Setup_WithoutTheToken_IsNotThere(string path)
    {
        using var visitor = _app.NewVisitor();

        using var answer = await visitor.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Setup_AfterFiveWrongTokens_PausesForTheTokenOfTheSettingsAndSaysHowToDoWithout()
    {
        using var visitor = _app.NewVisitor();

        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await visitor.GetAsync($"/setup?token=wrong-{attempt}");
        }

        using var answer = await visitor.GetAsync($"/setup?token={TestApp.SetupToken}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        _app.Log.All.ShouldContain(line => line.Contains("refused for 15 minutes. Leave Setup:Token empty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Setup_Completed_SignsInAndIsGone()
    {
        using var admin = await _app.CreateAdminAndSignInAsync();

        using var audit = await admin.GetAsync("/audit");
        using var again = await admin.GetAsync($"/setup?token={TestApp.SetupToken}");

        audit.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _app.StoredAsync(db => db.AuditEntries.Select(entry => entry.Action).ToListAsync()))
            .ShouldBe([AuditActions.FirstAdminCreated, AuditActions.SignedIn]);
    }

    [Fact]
    public async Task Setup_FormSentAfterItWasCompleted_IsNotFound()
    {
        using var late = _app.NewVisitor();
        var form = TestApp.HiddenFields(await late.GetStringAsync($"/setup?token={TestApp.SetupToken}"));
        using var admin = await _app.CreateAdminAndSignInAsync();

        form["Form.Email"] = "late@example.com";
        form["Form.Password"] = form["Form.Repeat"] = TestApp.AdminPassword;
        using var answer = await late.PostAsync($"/setup?token={TestApp.SetupToken}", new FormUrlEncodedContent(form));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _app.StoredAsync(db => db.Users.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Setup_ByManyAtOnce_MakesOneAdmin()
    {
        var visitors = Enumerable.Range(0, 4).Select(_ => _app.NewVisitor()).ToList();

        var answers = await Task.WhenAll(visitors.Select((visitor, number) => TestApp.CreateFirstAdminAsync(visitor, $"admin{number}@example.com")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Found).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound).ShouldBe(3);
        (await _app.StoredAsync(db => db.Users.CountAsync())).ShouldBe(1);
        (await _app.StoredAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.FirstAdminCreated))).ShouldBe(1);
        visitors.ForEach(visitor => visitor.Dispose());
    }

    [Fact]
    public async Task Setup_ShortPassword_SaysSoAndStaysOpen()
    {
        using var visitor = _app.NewVisitor();

        using var answer = await TestApp.CreateFirstAdminAsync(visitor, TestApp.AdminName, "fourteen chars");

        (await answer.Content.ReadAsStringAsync()).ShouldContain("15 to 128 characters");
        using var admin = await _app.CreateAdminAndSignInAsync();
    }
}
