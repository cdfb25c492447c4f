using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Problems;

internal sealed class NotificationOptionsValidator : IValidateOptions<NotificationOptions>
{
    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        List<string> faults = [];
        if (options.SmtpPort is < 1 or > 65535)
        {
            faults.Add($"{NotificationOptions.Section}:{nameof(options.SmtpPort)} is {options.SmtpPort}; it must be between 1 and 65535.");
        }

        if (options.SmtpHost.Length > 0 && !MailAddress.TryCreate(options.From, out _))
        {
            faults.Add($"{NotificationOptions.Section}:{nameof(options.From)} is '{options.From}'; with a mail server it must be an e-mail address.");
        }

        if (options is { SmtpHost.Length: > 0, SmtpUsesTls: false } && !IsThisMachine(options.SmtpHost))
        {
            faults.Add($"{NotificationOptions.Section}:{nameof(options.SmtpUsesTls)} is false; only a mail server on this machine may do without.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "::1";
}
