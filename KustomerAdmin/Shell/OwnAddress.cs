namespace KustomerAdmin.Shell;

public static class OwnAddress
{
    private const string Default = "http://localhost:5080";

    /// <summary>
    /// Listens on this machine only, unless the operator names addresses. Not in appsettings.json: what stands there would win over
    /// ASPNETCORE_URLS and the ports that a container image sets.
    /// </summary>
    public static void UseOwnAddress(this WebApplicationBuilder builder)
    {
        string[] keys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (keys.All(key => string.IsNullOrEmpty(builder.Configuration[key])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Default);
        }
    }
}
