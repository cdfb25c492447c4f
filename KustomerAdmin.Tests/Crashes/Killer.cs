using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KustomerAdmin.Tests.Crashes;

/// <summary>Kills its own process, as SIGKILL does, when the database comes to the fail point. It counts what the sync writes once the lease is taken.</summary>
internal sealed class Killer(FailPoint point) : DbTransactionInterceptor, IDbConnectionInterceptor, IDbCommandInterceptor
{
    private int _commits;
    private int _rows;

    /// <summary>Off while the child prepares itself.</summary>
    public bool IsArmed { get; set; }

    /// <summary>Tickets of a page, about; half of them is half of the rows.</summary>
    private const int HalfAPage = 250;

    public static void Kill() => Process.GetCurrentProcess().Kill();

    public void Reach(FailPoint reached)
    {
        if (IsArmed && reached == point)
        {
            Kill();
        }
    }

    public void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Watch((SqliteConnection)connection);

    public Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Watch((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        // Taking the lease sets its owner too; renewing it does not.
        if (command.CommandText.StartsWith("UPDATE", StringComparison.Ordinal) && command.CommandText.Contains("SET \"LeaseExpiresAt\"", StringComparison.Ordinal))
        {
            Reach(FailPoint.LeaseRenewal);
        }

        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains("wal_checkpoint", StringComparison.Ordinal))
        {
            Reach(FailPoint.Erasure);
            Reach(FailPoint.PurgeErasure);
        }

        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        // A purge commits nothing but its batches.
        Reach(_commits == 1 ? FailPoint.PurgeBatch : FailPoint.None);

        // The first takes the lease, the second opens the window or stores a page.
        if (IsArmed && _rows > HalfAPage)
        {
            Reach(FailPoint.BeforeCommit);
            if (point is FailPoint.DuringCommit)
            {
                new Thread(Kill).Start();
            }
        }

        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        _commits += IsArmed ? 1 : 0;
        Reach(_commits == 1 ? FailPoint.LeaseTaken : FailPoint.None);
        Reach(_commits == 1 ? FailPoint.PurgeCommitted : FailPoint.None);
        if (_rows > HalfAPage)
        {
            Reach(FailPoint.AfterCommit);
        }

        return Task.CompletedTask;
    }

    private void Watch(SqliteConnection connection)
    {
        connection.CreateFunction("stored", OnRow);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM sqlite_temp_master) + 10 * (SELECT count(*) FROM sqlite_master WHERE name = 'Tickets')";
        if (IsArmed && command.ExecuteScalar() is 10L)
        {
            command.CommandText = "CREATE TEMP TRIGGER stored_ticket AFTER INSERT ON main.Tickets BEGIN SELECT stored(); END";
            command.ExecuteNonQuery();
        }
    }

    private int OnRow()
    {
        _rows++;
        Reach(_rows == 1 ? FailPoint.Parsed : _rows == HalfAPage ? FailPoint.HalfOfTheRows : FailPoint.None);
        return 0;
    }
}
