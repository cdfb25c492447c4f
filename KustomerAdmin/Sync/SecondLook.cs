using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Sync;

/// <summary>A stored ticket that the search did not show.</summary>
internal sealed record MissingTicket(long Id, string KustomerId, DateTimeOffset? MissingSince);

/// <summary>
/// Asks Kustomer's database for what its search does not show: a ticket may have changed meanwhile, or be indexed late. Only a ticket that is
/// gone there, or that two reconciliations missed, counts as deleted.
/// </summary>
internal sealed class SecondLook(KustomerClient client)
{
    /// <summary>Asked for one by one, a bucket; of more than these some wait for the next reconciliation.</summary>
    private const int MostAlone = 50;

    /// <summary>Deleted in Kustomer, or merged into another.</summary>
    public List<MissingTicket> Gone { get; } = [];

    /// <summary>As they are now.</summary>
    public List<Conversation> There { get; } = [];

    /// <summary>Missed for the first time, and not asked for.</summary>
    public List<MissingTicket> Waiting { get; } = [];

    /// <summary>What kept it from asking; null when nothing did.</summary>
    public string? Obstacle { get; private set; }

    public async Task AskAsync(IReadOnlyCollection<MissingTicket> missing, CancellationToken cancellationToken)
    {
        var left = new Queue<MissingTicket>(missing);
        try
        {
            if (missing.Count > MostAlone)
            {
                left = new Queue<MissingTicket>(await AskForManyAsync(missing, cancellationToken));
            }

            for (var asked = 0; asked < MostAlone && left.TryPeek(out var ticket); asked++)
            {
                await AskForOneAsync(ticket, cancellationToken);
                left.Dequeue();
            }
        }
        catch (RoleMissingException exception)
        {
            Obstacle = $"Tickets that are missing in Kustomer could not be asked for one by one. {exception.Message}";
        }

        Gone.AddRange(left.Where(ticket => ticket.MissingSince is not null));
        Waiting.AddRange(left.Where(ticket => ticket.MissingSince is null));
    }

    /// <summary>A hundred a request. What the answer holds is there; what it does not hold may have been left out for another reason.</summary>
    private async Task<IEnumerable<MissingTicket>> AskForManyAsync(IReadOnlyCollection<MissingTicket> missing, CancellationToken cancellationToken)
    {
        foreach (var some in missing.Chunk(KustomerClient.MostIds))
        {
            var asked = some.Select(ticket => ticket.KustomerId).ToHashSet(StringComparer.Ordinal);
            var page = await client.GetConversationsAsync(asked, cancellationToken);
            There.AddRange(page.Records.Where(conversation => asked.Contains(conversation.Id) && !IsDeleted(conversation)));
        }

        var there = There.Select(conversation => conversation.Id).ToHashSet(StringComparer.Ordinal);
        return missing.Where(ticket => !there.Contains(ticket.KustomerId));
    }

    private async Task AskForOneAsync(MissingTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            var conversation = await client.GetConversationAsync(ticket.KustomerId, cancellationToken);
            if (IsDeleted(conversation) || !string.Equals(conversation.Id, ticket.KustomerId, StringComparison.Ordinal))
            {
                // Of a merged one Kustomer may answer with the other that it was merged into.
                Gone.Add(ticket);
            }
            else
            {
                There.Add(conversation);
            }
        }
        catch (RecordNotFoundException)
        {
            Gone.Add(ticket);
        }
    }

    private static bool IsDeleted(Conversation conversation) => conversation.Attributes.IsTrue("deleted");
}
