using KustomerAdmin.Identity;
using KustomerAdmin.Shell;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests.Identity;

public sealed class RevalidatingCircuitsTests
{
    /// <summary>The framework registers a provider of its own, which never looks again; the last registration counts.</summary>
    [Fact]
    public void Circuits_AskAgainWhoIsThere()
    {
        var services = new ServiceCollection();

        var configuration = new ConfigurationBuilder().Build();
        services.AddIdentity(configuration).AddShell(configuration);

        services.Last(service => service.ServiceType == typeof(AuthenticationStateProvider)).ImplementationType.ShouldBe(typeof(AdminRevalidation));
        SessionRules.CheckEvery.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(1));
    }
}
