using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Shell;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Shell;

public sealed class BehindAProxyTests
{
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.2, 127.0.0.0/8", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "198.51.100.9, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1, 10.0.0.0/8", "198.51.100.9, 203.0.113.7, 10.1.2.3", "203.0.113.7")]
    public async Task Proxy_Trusted_TellsWhereTheBrowserIsAndThatItCameByHttps(string trusted, string chain, string address)
    {
        var (session, seen) = await CreateAdminAsync(trusted, chain);

        session.ShouldStartWith("__Host-kadm=");
        session.ShouldContain("; secure");
        seen.ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.2")]
    public async Task Proxy_NotTrusted_IsNotBelieved(string trusted)
    {
        var (session, seen) = await CreateAdminAsync(trusted, "203.0.113.7");

        session.ShouldStartWith("kadm=");
        session.ShouldNotContain("; secure");
        seen.ShouldBe("127.0.0.1");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("::1, 10.0.0.2,172.18.0.0/16", null)]
    [InlineData("proxy.example", "Proxies:Trusted names 'proxy.example'; it must be an address such as 10.0.0.2 or a network such as 172.18.0.0/16.")]
    [InlineData("10.0.0.0/33", "Proxies:Trusted names '10.0.0.0/33'; it must be an address such as 10.0.0.2 or a network such as 172.18.0.0/16.")]
    [InlineData("0.0.0.0/0", "Proxies:Trusted names '0.0.0.0/0', which is everybody; it must name the proxy alone.")]
    public void Validate_Entries_AreAddressesOrNetworks(string trusted, string? fault) =>
        (new ProxyOptionsValidator().Validate(null, new ProxyOptions { Trusted = trusted }).Failures ?? []).ShouldBe(fault is null ? [] : [fault]);

    /// <returns>The session's cookie as it was set, and the address in the audit log.</returns>
    private static async Task<(string Session, string? Address)> CreateAdminAsync(string trusted, string chain)
    {
        await using var app = TestApp.Start((ProxyOptions.TrustedKey, trusted));
        using var proxy = app.NewVisitor();
        proxy.DefaultRequestHeaders.Add("X-Forwarded-For", chain);
        proxy.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var form = await proxy.GetAsync($"/setup?token={TestApp.SetupToken}");
        proxy.DefaultRequestHeaders.Add("Cookie", form.Headers.GetValues("Set-Cookie").Select(static cookie => cookie.Split(';')[0]));
        using var created = await TestApp.CreateFirstAdminAsync(proxy, TestApp.AdminName);
        var session = created.Headers.GetValues("Set-Cookie").Single(static cookie => cookie.Split('=')[0] is "kadm" or "__Host-kadm");
        var address = await app.StoredAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.SignedIn).Select(static entry => entry.Address).SingleAsync());
        return (session, address);
    }
}
