namespace KustomerAdmin.Problems;

/// <summary>How e-mail is sent, and where webhooks may go.</summary>
public sealed class NotificationOptions
{
    public const string Section = "Notifications";

    /// <summary>The mail server; empty: no e-mail can be sent.</summary>
    public string SmtpHost { get; set; } = "";

    public int SmtpPort { get; set; } = 587;

    /// <summary>STARTTLS. Off only for a server on this machine.</summary>
    public bool SmtpUsesTls { get; set; } = true;

    public string SmtpUser { get; set; } = "";

    public string SmtpPassword { get; set; } = "";

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    /// <summary>Webhooks may also go to addresses of this machine and its network, and by http to this machine.</summary>
    public bool AllowPrivateAddresses { get; set; }
}
