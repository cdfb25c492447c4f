using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>
/// Whether a simulated process lives, and when it is killed: triggers that belong to its connections tell of each written row, and after
/// the death refuse it, whatever code is still running. Neither is anything committed then.
/// </summary>
internal sealed class ProcessLife : DbTransactionInterceptor, IDbConnectionInterceptor
{
    private static readonly string s_triggers = string.Concat(((string[])["Tickets", "Customers", "Instances", "SyncRuns"]).SelectMany(table => ((string[])["INSERT", "UPDATE"])
        .Select(change => $"CREATE TEMP TRIGGER IF NOT EXISTS life_{table}_{change} AFTER {change} ON main.{table} BEGIN SELECT life(); END;\n")));

    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAlive => !_died.Task.IsCompleted;

    /// <summary>Completes with the death.</summary>
    public Task Death => _died.Task;

    /// <summary>Dies while this row from now on is written; null for never.</summary>
    public int? RowsLeft { get; set; }

    /// <summary>Dies instead of this commit from now on.</summary>
    public int? CommitsLeft { get; set; }

    /// <summary>Dies right after that commit instead of before it.</summary>
    public bool IsKilledAfterCommit { get; set; }

    /// <summary>It hears no alarm for now: a process that the system has put to sleep.</summary>
    public bool IsAsleep { get; set; }

    public void Kill() => _died.TrySetResult();

    public void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Watch((SqliteConnection)connection);

    public Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Watch((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        BeforeCommit();
        return result;
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        BeforeCommit();
        return ValueTask.FromResult(result);
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Live();

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Live();
        return Task.CompletedTask;
    }

    private void Watch(SqliteConnection connection)
    {
        Live();
        connection.CreateFunction("life", OnRow);
        using var command = connection.CreateCommand();

        // A connection out of the pool has them; a database that is not prepared yet has no tables.
        command.CommandText = "SELECT (SELECT count(*) FROM sqlite_temp_master) + 10 * (SELECT count(*) FROM sqlite_master WHERE name = 'SyncRuns')";
        if (command.ExecuteScalar() is 10L)
        {
            command.CommandText = s_triggers;
            command.ExecuteNonQuery();
        }
    }

    private int OnRow()
    {
        if (RowsLeft is { } left && (RowsLeft = left - 1) <= 0)
        {
            Kill();
        }

        Live();
        return 0;
    }

    private void BeforeCommit()
    {
        Live();
        if (CommitsLeft is { } left && (CommitsLeft = left - 1) <= 0)
        {
            Kill();
            if (!IsKilledAfterCommit)
            {
                Live();
            }
        }
    }

    private void Live()
    {
        if (!IsAlive)
        {
            throw new InvalidOperationException("This process was killed.");
        }
    }
}
