namespace KustomerAdmin.Kustomer;

/// <summary>Where Kustomer is. <c>{subdomain}</c> stands for the organisation's subdomain.</summary>
public sealed class KustomerOptions
{
    public const string Section = "Kustomer";
    public const string Placeholder = "{subdomain}";

    /// <summary>Base address of the API; <c>http</c> is accepted for this machine's loopback address only.</summary>
    public string ApiUrlTemplate { get; set; } = "https://{subdomain}.api.kustomerapp.com";

    /// <summary>Base address of Kustomer's web app, for <i>Open in Kustomer</i>.</summary>
    public string PortalUrlTemplate { get; set; } = "https://{subdomain}.kustomerapp.com";

    /// <summary>A stand-in of Kustomer, such as the emulator, runs beside the console.</summary>
    internal bool IsOnThisMachine => new Uri(ApiUrlTemplate.Replace(Placeholder, "acme", StringComparison.Ordinal)).IsLoopback;
}
