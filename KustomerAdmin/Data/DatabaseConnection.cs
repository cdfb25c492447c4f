using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Data;

internal static class DatabaseConnection
{
    private const string FileName = "kustomeradmin.db";

    public static void UseSqlite(IServiceProvider services, DbContextOptionsBuilder builder)
    {
        var options = services.GetRequiredService<IOptions<DataOptions>>().Value;
        var connection = new SqliteConnectionStringBuilder(options.KnownProvider is DatabaseProvider.Sqlite ? options.ConnectionString : "");

        // A relative file would follow the working directory.
        connection.DataSource = Path.Combine(options.Directory, connection.DataSource.Length == 0 ? FileName : connection.DataSource);
        builder.UseSqlite(connection.ToString(), sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery))
            .ReplaceService<IMigrationsSqlGenerator, SqliteTables>()
            .ReplaceService<IExceptionDetector, SqliteCancellation>()
            .ConfigureWarnings(CountsMayStop)
            .AddInterceptors(services.GetRequiredService<SqliteConnectionSetup>());
    }

    public static void UseSqlServer(IServiceProvider services, DbContextOptionsBuilder builder) =>
        builder.UseSqlServer(
            services.GetRequiredService<IOptions<DataOptions>>().Value.ConnectionString,
            server => server.EnableRetryOnFailure().UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery))
            .ConfigureWarnings(CountsMayStop);

    /// <summary>A count that stops at a limit has no order to stop in.</summary>
    private static void CountsMayStop(WarningsConfigurationBuilder warnings) => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning);
}
