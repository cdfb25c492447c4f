using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Tests.Problems;

public sealed class TellingByEmailTests : NotifyingTest
{
    private readonly SmtpServer _mail = new();

    protected override (string Key, string Value)[] Settings =>
    [
        ("Notifications:SmtpHost", "127.0.0.1"), ("Notifications:SmtpPort", _mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("Notifications:SmtpUsesTls", "false"), ("Notifications:From", "console@example.com"),
    ];

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task Problem_ComesAndGoes_IsMailedOnceAndOnceWhenItIsOver()
    {
        (await AddAsync(NotificationKind.Email, "on-call@example.com")).Fault.ShouldBeNull();

        await SetKeyEndAsync(TimeSpan.FromDays(20));
        await SetKeyEndAsync(null);
        await LookAndTellAsync();

        _mail.Mails.Count.ShouldBe(2);
        _mail.Mails.ShouldAllBe(static mail => mail.StartsWith("<on-call@example.com>"));
        _mail.Mails[0].ShouldContain("Subject: [KustomerAdmin] acme: The key is about to end");
        _mail.Mails[0].ShouldContain("The key ends on 21 Oct 2026, 12:00 UTC.");
        _mail.Mails[1].ShouldContain("Subject: [KustomerAdmin] acme: over");
        App.Log.All.ShouldAllBe(static line => !line.Contains("on-call@example.com"));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("Jane <jane@example.com>")]
    [InlineData("jane@example.com\r\nBcc: all@example.com")]
    public async Task Add_NoAddress_IsRefused(string address) =>
        (await AddAsync(NotificationKind.Email, address)).Fault.ShouldBe("This is not an e-mail address.");

    [Fact]
    public async Task MailServer_IsAway_SaysSoAndTriesAgain()
    {
        (await AddAsync(NotificationKind.Email, "on-call@example.com")).Fault.ShouldBeNull();
        await _mail.StopAsync();

        await SetKeyEndAsync(TimeSpan.FromDays(20));

        (await TargetAsync()).LastFailure.ShouldNotBeNull().ShouldStartWith("The mail server did not take it");
    }
}
