using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests;

/// <summary>How somebody comes in: on a clock of the test's own, over https, with a password that changes.</summary>
public sealed partial class TestApp
{
    private static readonly X509Certificate2 s_certificate = NewCertificate();

    public static TestApp StartAt(TestClock clock, Action<IServiceCollection>? change = null) => Start(
        services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            change?.Invoke(services);
        },
        []);

    public static TestApp StartOverHttps() =>
        Start(static _ => { }, [], static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseHttps(s_certificate)));

    /// <summary>What browsers are told to keep, by name and without its attributes: as it is sent back.</summary>
    public static string CookieOf(HttpResponseMessage answer, string name) =>
        answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith(name + "=", StringComparison.Ordinal)).Split(';')[0];

    public async Task ChangePasswordAsync(string name, string from, string to)
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        (await users.ChangePasswordAsync((await users.FindByNameAsync(name))!, from, to)).Succeeded.ShouldBeTrue();
    }

    private static bool IsOwn(HttpRequestMessage request, X509Certificate2? certificate, X509Chain? chain, System.Net.Security.SslPolicyErrors errors) =>
        string.Equals(certificate?.Thumbprint, s_certificate.Thumbprint, StringComparison.Ordinal);

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=The console of the tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static async Task<ClaimsPrincipal> SessionOfAsync(IServiceProvider scope, AdminUser admin)
    {
        var person = await scope.GetRequiredService<IUserClaimsPrincipalFactory<AdminUser>>().CreateAsync(admin);
        ((ClaimsIdentity)person.Identity!).AddClaims(SessionRules.Claims(scope.GetRequiredService<TimeProvider>().GetUtcNow(), null));
        return person;
    }
}
