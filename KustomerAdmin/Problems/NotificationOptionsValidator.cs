using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Problems;

internal sealed class NotificationOptionsValidator(IConfiguration configuration) : IValidateOptions<NotificationOptions>
{
    private readonly IConfigurationSection _section = configuration.GetSection(NotificationOptions.Section);

    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        string?[] faults =
        [
            _section[nameof(options.SmtpPort)] is { } port && !TryRead(port, out int _) ? $"{Key(nameof(options.SmtpPort))} is '{port}'; it must be a number."
                : options.SmtpPort is < 1 or > 65535 ? $"{Key(nameof(options.SmtpPort))} is {options.SmtpPort}; it must be between 1 and 65535."
                : null,
            FaultOfSwitch(nameof(options.SmtpUsesTls)),
            FaultOfSwitch(nameof(options.AllowPrivateAddresses)),
            options.SmtpHost.Length > 0 && !MailAddress.TryCreate(options.From, out _) ? $"{Key(nameof(options.From))} is '{options.From}'; with a mail server it must be an e-mail address." : null,
            options is { SmtpHost.Length: > 0, SmtpUsesTls: false } && !IsThisMachine(options.SmtpHost) ? $"{Key(nameof(options.SmtpUsesTls))} is false; only a mail server on this machine may do without." : null,
        ];
        return faults.OfType<string>().ToList() is { Count: > 0 } found ? ValidateOptionsResult.Fail(found) : ValidateOptionsResult.Success;
    }

    internal static bool TryRead(string? text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private string? FaultOfSwitch(string setting) => _section[setting] is { } text && !bool.TryParse(text, out _) ? $"{Key(setting)} is '{text}'; it must be true or false." : null;

    private static string Key(string setting) => $"{NotificationOptions.Section}:{setting}";

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "::1";
}
