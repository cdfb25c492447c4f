namespace KustomerAdmin.Controls;

/// <summary>
/// Lets a page follow something that changes many times a second at a pace people can read: asked again while it
/// works or rests, it works once more afterwards, so the last change is always shown.
/// </summary>
/// <param name="onPageAsync">Runs work on the page's own dispatcher (<c>InvokeAsync</c>).</param>
/// <param name="refreshAsync">Reads and shows. Its failures are the page's: it is given to <paramref name="onFailureAsync"/>.</param>
public sealed class PacedRefresh(Func<Func<Task>, Task> onPageAsync, Func<Task> refreshAsync, Func<Exception, Task> onFailureAsync, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _leaving = new();
    private bool _isRefreshing;
    private bool _isAsked;

    /// <summary>From any thread.</summary>
    public void Ask() => _ = onPageAsync(RefreshAsync);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task RefreshAsync()
    {
        _isAsked = true;
        if (_isRefreshing)
        {
            return;
        }

        _isRefreshing = true;
        try
        {
            while (_isAsked && !_leaving.IsCancellationRequested)
            {
                _isAsked = false;
                await refreshAsync();
                await Task.Delay(s_rest, time, _leaving.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Somebody left the page.
        }
        catch (Exception exception)
        {
            await onFailureAsync(exception);
        }
        finally
        {
            _isRefreshing = false;
        }
    }
}
