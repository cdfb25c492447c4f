using Microsoft.JSInterop;

namespace KustomerAdmin.Controls;

/// <summary>The viewer's time zone, asked of the browser once per circuit, and a tick that keeps relative times true.</summary>
public sealed class ViewerClock(IJSRuntime browser, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(30);
    private Task? _asking;
    private ITimer? _timer;

    /// <summary>The zone has become known or time has passed. Raised on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>UTC until the browser has answered.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Call after the first interactive rendering; only the first caller asks the browser.</summary>
    public Task StartAsync() => _asking ??= AskAsync();

    public void Dispose() => _timer?.Dispose();

    private async Task AskAsync()
    {
        _timer = time.CreateTimer(_ => Changed?.Invoke(this, EventArgs.Empty), null, s_period, s_period);
        try
        {
            if (await browser.InvokeAsync<string?>("KustomerAdmin.timeZone") is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            {
                Zone = zone;
                Changed?.Invoke(this, EventArgs.Empty);
            }
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The times stay in UTC and say so.
        }
    }
}
