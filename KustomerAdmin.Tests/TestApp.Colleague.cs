using System.Security.Claims;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests;

/// <summary>A second admin, for what one does and another sees.</summary>
public sealed partial class TestApp
{
    public const string ColleagueName = "john.roe@example.com";

    private ClaimsPrincipal? _colleague;

    /// <summary>Works with a service as the other admin does.</summary>
    public async Task<T> AsColleagueAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        if (_colleague is null)
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
            var colleague = new AdminUser { UserName = ColleagueName, Email = ColleagueName };
            (await users.CreateAsync(colleague, AdminPassword)).Succeeded.ShouldBeTrue();
            _colleague = await SessionOfAsync(scope.ServiceProvider, colleague);
        }

        SignIn(scope.ServiceProvider, _colleague);
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
