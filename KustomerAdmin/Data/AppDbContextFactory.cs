using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Data;

/// <summary>Hands out contexts of the provider that the settings name.</summary>
internal sealed class AppDbContextFactory(
    IOptions<DataOptions> options,
    IDbContextFactory<SqliteAppDbContext> sqlite,
    IDbContextFactory<SqlServerAppDbContext> sqlServer) : IDbContextFactory<AppDbContext>
{
    public AppDbContext CreateDbContext() =>
        options.Value.KnownProvider is DatabaseProvider.SqlServer ? sqlServer.CreateDbContext() : sqlite.CreateDbContext();
}
