using System.Net;
using System.Net.Sockets;
using System.Text;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Identity;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Identity;

public sealed class SigningInTests : IAsyncLifetime
{
    private readonly TestApp _app = TestApp.Start();

    public async Task InitializeAsync()
    {
        using var admin = await _app.CreateAdminAndSignInAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/audit?page=2", "/audit?page=2")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("/.//evil.example/", "/")]
    [InlineData("/%2F/evil.example/", "/%2F/evil.example/")]
    [InlineData("/%5Cevil.example/", "/%5Cevil.example/")]
    public async Task SignIn_RightPassword_GoesWhereTheVisitorWanted(string returnUrl, string expected)
    {
        using var visitor = _app.NewVisitor();

        using var answer = await TestApp.SignInAsync(visitor, TestApp.AdminName, TestApp.AdminPassword, returnUrl);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        new Uri(_app.Address, answer.Headers.Location!).ShouldBe(new Uri(_app.Address, expected));
    }

    [Fact]
    public async Task SignIn_CookieOfTheSession_IsOutOfReachOfScriptsAndEndsWithTheBrowser()
    {
        using var visitor = _app.NewVisitor();

        using var answer = await TestApp.SignInAsync(visitor, TestApp.AdminName, TestApp.AdminPassword);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("kadm=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("expires=");
    }

    [Fact]
    public async Task SignIn_UnknownUserOrWrongPassword_SaysTheSame()
    {
        using var visitor = _app.NewVisitor();

        using var unknown = await TestApp.SignInAsync(visitor, "nobody@example.com", TestApp.AdminPassword);
        using var wrong = await TestApp.SignInAsync(visitor, TestApp.AdminName, "a wrong password of mine");

        const string Sentence = "The e-mail address or the password is wrong.";
        (await unknown.Content.ReadAsStringAsync()).ShouldContain(Sentence);
        (await wrong.Content.ReadAsStringAsync()).ShouldContain(Sentence);
        (await EntriesAsync(AuditOutcome.Refused)).ShouldBe(["nobody@example.com", TestApp.AdminName]);
    }

    /// <summary>Longer than a password may be; nothing is counted, hashed or recorded for it.</summary>
    [Theory]
    [InlineData(257, 20)]
    [InlineData(20, 129)]
    [InlineData(20, 500_000)]
    public async Task SignIn_OverlongInput_IsRefusedAtOnce(int nameLength, int passwordLength)
    {
        using var visitor = _app.NewVisitor();

        using var answer = await TestApp.SignInAsync(visitor, new string('a', nameLength - 12) + "@example.com", new string('p', passwordLength));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("The e-mail address or the password is wrong.");
        (await EntriesAsync(AuditOutcome.Refused)).ShouldBeEmpty();
    }

    /// <summary>Refused by what it says of its length: a console that would read it answers first that the body may come.</summary>
    [Fact]
    public async Task SignIn_FormOfTwoMegabytes_IsRefusedUnread()
    {
        using var visitor = _app.NewVisitor();
        using var page = await visitor.GetAsync("/account/sign-in");
        using var connection = new TcpClient();
        await connection.ConnectAsync(_app.Address.Host, _app.Address.Port);
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /account/sign-in HTTP/1.1\r\nHost: {_app.Address.Authority}\r\nCookie: {TestApp.CookieOf(page, "kadm-form")}\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2097152\r\nExpect: 100-continue\r\n\r\n"));

        (await reader.ReadLineAsync(patience.Token)).ShouldBe("HTTP/1.1 400 Bad Request");
        _app.Log.All.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignOut_EndsTheSessionAndIsRecorded()
    {
        using var visitor = _app.NewVisitor();
        using var signedIn = await TestApp.SignInAsync(visitor, TestApp.AdminName, TestApp.AdminPassword);

        using var answer = await TestApp.SignOutAsync(visitor);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var audit = await visitor.GetAsync("/audit");
        audit.Headers.Location!.ToString().ShouldContain(AccountRoutes.SignIn);
        (await _app.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Action).LastAsync())).ShouldBe(AuditActions.SignedOut);
    }

    [Fact]
    public async Task Password_Stored_WithTheIterationsOfToday()
    {
        var hash = Convert.FromBase64String((await _app.StoredAsync(db => db.Users.Select(user => user.PasswordHash).SingleAsync()))!);

        // Version, then pseudo-random function, then iterations, both of four bytes, most significant first.
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)).ShouldBeGreaterThanOrEqualTo(220_000u);
    }

    [Theory]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("/tickets?status=open", "/tickets?status=open")]
    [InlineData("tickets", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\tevil", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\r\n/evil.example", "/")]
    [InlineData(" //evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("///evil.example", "/")]
    [InlineData("/.//evil.example", "/")]
    [InlineData("/../\\evil.example", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public void Local_ReturnUrl_StaysInTheConsole(string? returnUrl, string expected) => AccountRoutes.Local(returnUrl).ShouldBe(expected);

    private Task<List<string>> EntriesAsync(AuditOutcome outcome) => _app.StoredAsync(db =>
        db.AuditEntries.Where(entry => entry.Outcome == outcome).OrderBy(entry => entry.Id).Select(entry => entry.ActorName).ToListAsync());
}
