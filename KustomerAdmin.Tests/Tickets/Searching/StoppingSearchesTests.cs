using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Searching;

/// <summary>SQLite answers on the thread that asks; a circuit asks, and must go on meanwhile.</summary>
public sealed class StoppingSearchesTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Page_OfAListThatNeverEnds_IsNotWaitedForAndEndsWhenCancelled() =>
        await ShouldStopAsync("ORDER BY", (search, asked) => search.ReadPageAsync(new TicketQuery(), SyncedPlace.Viewer, asked));

    [Fact]
    public async Task Count_OfAListThatNeverEnds_IsNotWaitedForAndEndsWhenCancelled() =>
        await ShouldStopAsync("COUNT(*)", (search, asked) => search.CountAsync(new TicketQuery { Filter = FilterText.Parse("status:is:open") }, SyncedPlace.Viewer, isExact: true, asked));

    private static async Task ShouldStopAsync(string sql, Func<TicketSearch, CancellationToken, Task> ask)
    {
        await using var place = await Workplace.StartAsync(settings: ("Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command", "Debug"));
        await place.App.RunSyncAsync(await place.App.ConnectAsync(place.Acme));
        await place.App.MakeTicketsEndlessAsync();
        var before = place.App.Log.All.Count;
        await place.App.AsAdminAsync<TicketSearch, bool>(async search =>
        {
            using var asking = new CancellationTokenSource();

            var asked = ask(search, asking.Token);
            await UntilItIsAskedAsync(place.App, sql);
            asked.IsCompleted.ShouldBeFalse();
            await asking.CancelAsync();

            await Should.ThrowAsync<OperationCanceledException>(() => asked.WaitAsync(s_patience));
            return true;
        });
        place.App.Log.All.Skip(before).Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ShouldBeEmpty("nothing went wrong");
    }

    private static async Task UntilItIsAskedAsync(TestApp app, string sql)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!app.Log.All.Any(line => line.Contains("Executing DbCommand", StringComparison.Ordinal) && line.Contains("FROM \"Tickets\"", StringComparison.Ordinal) && line.Contains(sql, StringComparison.Ordinal)))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
