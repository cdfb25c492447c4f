using System.Runtime.CompilerServices;

namespace KustomerAdmin.Sync.Reading;

internal static class ReadAhead
{
    /// <summary>
    /// Asks for the next page while one is worked on, and never for more: two pages are in memory at most. What goes wrong with the next one is
    /// heard when this one is done; who stops listening stops the request.
    /// </summary>
    public static async IAsyncEnumerable<T> OneAheadAsync<T>(this IAsyncEnumerable<T> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var source = pages.GetAsyncEnumerator(stop.Token);
        var next = source.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                var page = source.Current;
                next = source.MoveNextAsync().AsTask();
                yield return page;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await next.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
