using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Problems;

/// <summary>Sends messages as plain text through the operator's mail server.</summary>
public sealed class EmailChannel(IOptions<NotificationOptions> options)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private bool IsThere => options.Value.SmtpHost.Length > 0;

    /// <returns>Null, or why the address cannot be used.</returns>
    internal string? FaultOf(string address) =>
        !IsThere ? "No mail server is set. The operator gives one in the console's settings (Notifications:SmtpHost)."
        : MailAddress.TryCreate(address, out var parsed) && string.Equals(parsed.Address, address, StringComparison.Ordinal) && !address.Any(char.IsControl) ? null
        : "This is not an e-mail address.";

    /// <returns>Null, or why it was not delivered.</returns>
    internal async Task<string?> SendAsync(string address, NotificationMessage message, CancellationToken cancellationToken)
    {
        if (FaultOf(address) is { } fault)
        {
            return fault;
        }

        var settings = options.Value;
        using var mail = new MailMessage(settings.From, address) { Subject = message.Subject.ReplaceLineEndings(" "), Body = message.Text };
        using var client = new SmtpClient(settings.SmtpHost, settings.SmtpPort) { EnableSsl = settings.SmtpUsesTls };
        if (settings.SmtpUser.Length > 0)
        {
            client.Credentials = new NetworkCredential(settings.SmtpUser, settings.SmtpPassword);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            await client.SendMailAsync(mail, patience.Token);
            return null;
        }
        catch (Exception exception) when (exception is SmtpException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Its message may hold the address; the status says enough.
            return exception is SmtpException smtp ? $"The mail server did not take it ({smtp.StatusCode})." : "The mail server did not answer in time.";
        }
    }
}
