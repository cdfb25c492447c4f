using System.Net;
using System.Text.RegularExpressions;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Identity;

/// <summary>Strangers who guess are slowed down; the admin whose account they guess at is not.</summary>
public sealed partial class SlowingGuessesTests : IAsyncLifetime
{
    private const string WrongPassword = "a wrong password of mine";

    private readonly TestClock _clock = new();
    private readonly CountingHasher _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 220_000 }));
    private readonly TestApp _app;
    private HttpClient _own = null!;

    public SlowingGuessesTests() => _app = TestApp.StartAt(_clock, services => services.AddSingleton<IPasswordHasher<AdminUser>>(_hasher));

    public async Task InitializeAsync()
    {
        _own = await _app.CreateAdminAndSignInAsync();
        using var left = await TestApp.SignOutAsync(_own);
    }

    public async Task DisposeAsync()
    {
        _own.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Strangers_AfterFiveWrongPasswords_AreRefusedWithTheRightOneForAQuarterOfAnHour()
    {
        using var guesser = _app.NewVisitor();
        using var other = _app.NewVisitor();

        await GuessAsync(guesser, times: 5);

        (await IsLetInAsync(guesser)).ShouldBeFalse();
        (await IsLetInAsync(other)).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(14));
        (await IsLetInAsync(other)).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await IsLetInAsync(other)).ShouldBeTrue();
    }

    [Fact]
    public async Task Admin_WhileStrangersAreRefused_ComesInWhereTheyHaveSignedInBefore()
    {
        using var guesser = _app.NewVisitor();
        await GuessAsync(guesser, times: 5);

        (await IsLetInAsync(_own)).ShouldBeTrue();

        // Nor does that help who guesses.
        (await IsLetInAsync(guesser)).ShouldBeFalse();
    }

    [Fact]
    public async Task KnownBrowser_HasFiveTriesOfItsOwn()
    {
        using var elsewhere = _app.NewVisitor();
        (await IsLetInAsync(elsewhere)).ShouldBeTrue();

        await GuessAsync(_own, times: 5);

        (await IsLetInAsync(_own)).ShouldBeFalse();
        (await IsLetInAsync(elsewhere)).ShouldBeTrue();
        using var stranger = _app.NewVisitor();
        (await IsLetInAsync(stranger)).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(15));
        (await IsLetInAsync(_own)).ShouldBeTrue();
    }

    [Fact]
    public async Task SignIn_InAKnownBrowser_ForgetsItsWrongTries()
    {
        for (var day = 0; day < 3; day++)
        {
            await GuessAsync(_own, times: 4);
            (await IsLetInAsync(_own)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Guesses_SentAtOnce_AreCountedBeforeTheyAreChecked()
    {
        using var guesser = _app.NewVisitor();
        var form = TestApp.HiddenFields(await guesser.GetStringAsync("/account/sign-in"));
        (form["Form.Email"], form["Form.Password"]) = (TestApp.AdminName, WrongPassword);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await guesser.PostAsync("/account/sign-in", content);
        }));

        var reasons = await ReasonsAsync();
        reasons.Count(reason => reason is "Wrong password").ShouldBe(5);
        reasons.Count(reason => reason is "Locked after too many wrong passwords from unknown browsers").ShouldBe(15);
    }

    [Fact]
    public async Task Guess_OfWhoHangsUp_IsCountedAndRecorded()
    {
        var isSignedIn = await _app.AsAdminAsync<AdminSignIn, bool>(signIn =>
            signIn.SignInAsync(TestApp.AdminName, TestApp.AdminPassword, null, new CancellationToken(canceled: true)));

        isSignedIn.ShouldBeFalse();
        (await ReasonsAsync()).ShouldBe(["Left before the password was checked"]);
        (await _app.StoredAsync(db => db.Users.Select(user => user.AccessFailedCount).SingleAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Guesses_SentAtOnce_TakeOneProcessor()
    {
        using var guesser = _app.NewVisitor();
        var form = TestApp.HiddenFields(await guesser.GetStringAsync("/account/sign-in"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            using var content = new FormUrlEncodedContent([.. form, new("Form.Email", $"nobody{number}@example.com"), new("Form.Password", WrongPassword)]);
            using var answer = await guesser.PostAsync("/account/sign-in", content);
        }));

        _hasher.MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task Answers_ToUnknownWrongAndLocked_AreTheSameAndCostTheSame()
    {
        using var visitor = _app.NewVisitor();

        var unknown = await RefusalAsync(visitor, "nobody@example.com", TestApp.AdminPassword);
        var wrong = await RefusalAsync(visitor, TestApp.AdminName, WrongPassword);
        await GuessAsync(visitor, times: 4);
        var locked = await RefusalAsync(visitor, TestApp.AdminName, TestApp.AdminPassword);

        wrong.ShouldBe(unknown);
        locked.ShouldBe(unknown);
        unknown.Hashes.ShouldBe(1);
        unknown.Page.ShouldContain("15 minutes");
        (await ReasonsAsync()).Distinct(StringComparer.Ordinal).ShouldBe(["Unknown user", "Wrong password", "Locked after too many wrong passwords from unknown browsers"]);
    }

    /// <summary>Whoever is let in leaves again.</summary>
    private static async Task<bool> IsLetInAsync(HttpClient visitor)
    {
        using var answer = await TestApp.SignInAsync(visitor, TestApp.AdminName, TestApp.AdminPassword);
        if (answer.StatusCode != HttpStatusCode.Found)
        {
            return false;
        }

        using var left = await TestApp.SignOutAsync(visitor);
        return true;
    }

    private static async Task GuessAsync(HttpClient visitor, int times)
    {
        for (var time = 0; time < times; time++)
        {
            using var wrong = await TestApp.SignInAsync(visitor, TestApp.AdminName, WrongPassword);
            wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    /// <summary>The whole answer but for what the visitor typed and what the framework seals in each page.</summary>
    private async Task<(HttpStatusCode Status, string Page, int Hashes)> RefusalAsync(HttpClient visitor, string name, string password)
    {
        var before = _hasher.Calls;
        using var answer = await TestApp.SignInAsync(visitor, name, password);
        return (answer.StatusCode, Value().Replace(await answer.Content.ReadAsStringAsync(), ""), _hasher.Calls - before);
    }

    private Task<List<string?>> ReasonsAsync() => _app.StoredAsync(db =>
        db.AuditEntries.Where(entry => entry.Outcome == AuditOutcome.Refused).OrderBy(entry => entry.Id).Select(entry => entry.Detail).ToListAsync());

    [GeneratedRegex("value=\"[^\"]*\"|<!--Blazor.*?-->", RegexOptions.None, 1000)]
    private static partial Regex Value();

    private sealed class CountingHasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<AdminUser>(options)
    {
        private readonly Lock _gate = new();
        private int _now;

        public int Calls { get; private set; }

        public int MostAtOnce { get; private set; }

        public override string HashPassword(AdminUser user, string password) => Count(() => base.HashPassword(user, password));

        public override PasswordVerificationResult VerifyHashedPassword(AdminUser user, string hashedPassword, string providedPassword) =>
            Count(() => base.VerifyHashedPassword(user, hashedPassword, providedPassword));

        private T Count<T>(Func<T> hash)
        {
            lock (_gate)
            {
                Calls++;
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
            }

            try
            {
                return hash();
            }
            finally
            {
                lock (_gate)
                {
                    _now--;
                }
            }
        }
    }
}
