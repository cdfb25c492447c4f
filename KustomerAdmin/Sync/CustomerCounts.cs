using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Sync.Reading;

namespace KustomerAdmin.Sync;

/// <summary>
/// The number of conversations of every customer with a conversation where tickets were added or updated, up to 500 customers a request
/// (a search for customers may filter by their conversations: https://developer.kustomer.com/docs/concepts/search).
/// </summary>
internal sealed class CustomerCounts(CustomerCountWriter writer)
{
    /// <param name="betweenPagesAsync">What may not wait until all are counted. What it brings is counted, too.</param>
    public async Task RunAsync(RunReading reading, Func<Task> betweenPagesAsync, CancellationToken cancellationToken)
    {
        var walk = new KeysetWalk<CustomerCount>(reading.Client.SearchCustomersAsync, static customer => customer.Id, static customer => customer.UpdatedAt);
        while (reading.News.Take() is var (from, to))
        {
            var start = new SearchQuery { ConversationUpdatedFrom = from, ConversationUpdatedTo = to };
            await foreach (var (page, _) in walk.ReadAsync(start, cancellationToken).OneAheadAsync(cancellationToken))
            {
                await writer.WriteAsync(reading.Run, page.Records, reading.TakeRequests(), cancellationToken);
                await betweenPagesAsync();
            }
        }
    }
}
