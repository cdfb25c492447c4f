namespace KustomerAdmin.Usage;

/// <summary>Writes what waits in the ledger about once a second, less often while the database is away, and the rest when the console stops.</summary>
internal sealed class LedgerWriter(RequestLedger ledger, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = s_pause;
        try
        {
            while (true)
            {
                await ledger.WaitForLinesAsync(stoppingToken);
                await Task.Delay(pause, time, stoppingToken);
                pause = await ledger.FlushAsync(stoppingToken) ? s_pause : pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The scheduler, which is added later, was stopped before: its runs have sent their last request.
            await ledger.FlushAsync(CancellationToken.None);
        }
    }
}
