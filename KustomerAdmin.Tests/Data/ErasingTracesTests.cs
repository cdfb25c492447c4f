using System.Data.Common;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Tests.Sync;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KustomerAdmin.Tests.Data;

/// <summary>What was deleted leaves SQLite's log too, also when somebody reads in that moment.</summary>
public sealed class ErasingTracesTests : SyncTest
{
    private const string Mark = "mark-7f3a";

    protected override int Tickets => 1;

    [Fact]
    public async Task Traces_WhileSomebodyReads_AreReportedAsLeftAndGoAfterwards()
    {
        var isGone = await DeleteWhileSomebodyReadsAsync(async reader =>
        {
            var isGone = await App.StoredAsync(db => db.TryEraseTracesAsync(CancellationToken.None));
            await EndAsync(reader);
            return isGone;
        });
        await EraseAsync();

        isGone.ShouldBeFalse();
        App.WhereIs(Mark).ShouldBeEmpty();
    }

    [Fact]
    public async Task Traces_WhileSomebodyReadsForLong_GoWithTheDailyCleaning()
    {
        var left = await DeleteWhileSomebodyReadsAsync(async reader =>
        {
            await EraseAsync();
            await EndAsync(reader);
            return App.WhereIs(Mark);
        });
        await App.CleanLedgerAsync();

        left.ShouldNotBeEmpty();
        App.WhereIs(Mark).ShouldBeEmpty();
    }

    [Fact]
    public async Task Traces_WhileSomebodyReadsForAMoment_GoAsSoonAsTheyHaveRead()
    {
        await DeleteWhileSomebodyReadsAsync(async reader =>
        {
            await using var eraser = new SqliteAppDbContext(new DbContextOptionsBuilder<SqliteAppDbContext>()
                .UseSqlite(reader.Database.GetConnectionString())
                .AddInterceptors(new BeforeTheSecondTry(() => EndAsync(reader))).Options);
            await eraser.EraseTracesAsync(CancellationToken.None);
            return true;
        });

        App.WhereIs(Mark).ShouldBeEmpty();
    }

    /// <param name="act">Ends the reading.</param>
    private async Task<T> DeleteWhileSomebodyReadsAsync<T>(Func<AppDbContext, Task<T>> act)
    {
        await App.ChangeStoredAsync(db =>
        {
            db.AuditEntries.Add(new AuditEntry { At = Place.Clock.GetUtcNow(), ActorName = "jane", Action = "test", Outcome = AuditOutcome.Succeeded, Detail = Mark });
            return Task.CompletedTask;
        });
        return await App.StoredAsync(async reader =>
        {
            await reader.Database.OpenConnectionAsync();
            await reader.Database.ExecuteSqlRawAsync("BEGIN DEFERRED");
            await reader.AuditEntries.CountAsync();
            await App.StoredAsync(db => db.AuditEntries.Where(entry => entry.Detail == Mark).ExecuteDeleteAsync());
            return await act(reader);
        });
    }

    private Task<bool> EraseAsync() => App.StoredAsync(async db =>
    {
        await db.EraseTracesAsync(CancellationToken.None);
        return true;
    });

    private static Task EndAsync(AppDbContext reader) => reader.Database.ExecuteSqlRawAsync("COMMIT");

    private sealed class BeforeTheSecondTry(Func<Task> act) : DbCommandInterceptor
    {
        private int _tries;

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("wal_checkpoint", StringComparison.Ordinal) && ++_tries == 2)
            {
                await act();
            }

            return result;
        }
    }
}
