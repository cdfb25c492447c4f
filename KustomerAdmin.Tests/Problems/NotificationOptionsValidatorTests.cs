using KustomerAdmin.Problems;
using Microsoft.Extensions.Configuration;

namespace KustomerAdmin.Tests.Problems;

public sealed class NotificationOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeed() => Validate(new NotificationOptions()).ShouldBeEmpty();

    [Fact]
    public void Validate_MailServer_Succeeds() => Validate(Good()).ShouldBeEmpty();

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public void Validate_Port_IsAPort(int port) => Validate(Change(options => options.SmtpPort = port)).ShouldBe([$"Notifications:SmtpPort is {port}; it must be between 1 and 65535."]);

    [Fact]
    public void Validate_Sender_IsAnAddress() =>
        Validate(Change(static options => options.From = "nobody")).ShouldBe(["Notifications:From is 'nobody'; with a mail server it must be an e-mail address."]);

    [Fact]
    public void Validate_WithoutTls_OnlyOnThisMachine()
    {
        Validate(Change(static options => options.SmtpUsesTls = false)).ShouldBe(["Notifications:SmtpUsesTls is false; only a mail server on this machine may do without."]);
        Validate(Change(static options => (options.SmtpUsesTls, options.SmtpHost) = (false, "localhost"))).ShouldBeEmpty();
    }

    [Fact]
    public void Validate_WhatCannotBeRead_IsNamed() =>
        Validate(Good(), ("Notifications:SmtpPort", "many"), ("Notifications:SmtpUsesTls", "yes"), ("Notifications:AllowPrivateAddresses", "1")).ShouldBe(
        [
            "Notifications:SmtpPort is 'many'; it must be a number.",
            "Notifications:SmtpUsesTls is 'yes'; it must be true or false.",
            "Notifications:AllowPrivateAddresses is '1'; it must be true or false.",
        ]);

    private static NotificationOptions Good() => new() { SmtpHost = "mail.example.com", From = "console@example.com", SmtpPassword = "the-password" };

    private static NotificationOptions Change(Action<NotificationOptions> change)
    {
        var options = Good();
        change(options);
        return options;
    }

    private static IEnumerable<string> Validate(NotificationOptions options, params (string Key, string Value)[] settings) =>
        new NotificationOptionsValidator(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build())
            .Validate(null, options).Failures ?? [];
}
