using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Sync.Storing;

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
    public const int MostAlone = 50;

    /// <summary>Asked for one by one when a whole bucket is missing.</summary>
    private const int Sample = 10;

    /// <summary>More than these, and it is Kustomer that fails.</summary>
    private const int MostFailuresInARow = 3;

    private readonly List<MappedTicket> _there = [];
    private readonly List<UnreadableRecord> _unreadable = [];
    private int _failures;
    private int _failuresInARow;

    /// <summary>Deleted in Kustomer, or merged into another.</summary>
    public List<MissingTicket> Gone { get; } = [];

    /// <summary>Missed for the first time, and not asked for.</summary>
    public List<MissingTicket> Waiting { get; } = [];

    /// <summary>What kept it from asking; null when nothing did.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>What is not known because of it, for people; null when all is.</summary>
    public string? Note => Obstacle ?? (_failures == 0 ? null
        : $"{_failures} {(_failures == 1 ? "ticket that Kustomer's search does not show could" : "tickets that Kustomer's search does not show could")} not be asked for: Kustomer answered with an error. They are asked for again at the next comparison.");

    public async Task AskAsync(IReadOnlyCollection<MissingTicket> missing, CancellationToken cancellationToken)
    {
        var left = new Queue<MissingTicket>(missing);
        await UnlessRoleMissingAsync(async () =>
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
        });
        Sort(left);
    }

    /// <summary>A whole bucket is missing: some of it, spread over it, and whether the search shows anything at all.</summary>
    /// <returns>Whether they can be gone; if so, those that were missed before count as deleted.</returns>
    public async Task<bool> AskForSomeAsync(IReadOnlyList<MissingTicket> missing, CancellationToken cancellationToken)
    {
        var areGone = false;
        await UnlessRoleMissingAsync(async () =>
        {
            for (var asked = 0; asked < Sample; asked++)
            {
                await AskForOneAsync(missing[asked * missing.Count / Sample], cancellationToken);
            }

            areGone = Gone.Count == Sample && (await client.SearchConversationIdsAsync(new SearchQuery { PageSize = 1 }, cancellationToken)).Count > 0;
        });
        Gone.Clear();
        if (areGone)
        {
            Sort(missing);
        }

        return areGone;
    }

    /// <summary>Those that the search shows and that are not stored as it shows them.</summary>
    public Task AskForLateAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        UnlessRoleMissingAsync(() => ReadAsync(ids, cancellationToken));

    /// <summary>Those that are there, as they are now; once.</summary>
    public RecordPage<MappedTicket> TakeFound()
    {
        var found = new RecordPage<MappedTicket> { Records = [.. _there], Unreadable = [.. _unreadable], PageSize = SearchQuery.LargestPage };
        _there.Clear();
        _unreadable.Clear();
        return found;
    }

    private void Sort(IReadOnlyCollection<MissingTicket> left)
    {
        Gone.AddRange(left.Where(ticket => ticket.MissingSince is not null));
        Waiting.AddRange(left.Where(ticket => ticket.MissingSince is null));
    }

    /// <summary>What the answer holds is there; what it does not hold may have been left out for another reason.</summary>
    private async Task<IEnumerable<MissingTicket>> AskForManyAsync(IReadOnlyCollection<MissingTicket> missing, CancellationToken cancellationToken)
    {
        await ReadAsync([.. missing.Select(ticket => ticket.KustomerId)], cancellationToken);
        var there = _there.Select(ticket => ticket.KustomerId).Concat(_unreadable.Select(record => record.Id).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        return missing.Where(ticket => !there.Contains(ticket.KustomerId));
    }

    /// <summary>A hundred a request, or fewer where those are refused.</summary>
    private async Task ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        foreach (var some in ids.Chunk(KustomerClient.MostIds))
        {
            try
            {
                var page = await client.GetConversationsAsync(some, cancellationToken);
                _there.AddRange(page.Records.Where(conversation => some.Contains(conversation.Id, StringComparer.Ordinal) && !IsDeleted(conversation)).Select(TicketMapper.Map));
                _unreadable.AddRange(page.Unreadable);
            }
            catch (KustomerException exception) when (exception is UnexpectedAnswerException { Answer: UnexpectedAnswer.TooLarge } or RecordNotFoundException or RequestRefusedException)
            {
                if (some.Length == 1)
                {
                    if (exception is UnexpectedAnswerException)
                    {
                        _unreadable.Add(UnreadableRecord.TooLarge(some[0], some[0]));
                    }

                    continue;
                }

                // Of several, one that is gone or that Kustomer takes for no id may cost the answer for all: that much is not documented.
                await ReadAsync(some[..(some.Length / 2)], cancellationToken);
                await ReadAsync(some[(some.Length / 2)..], cancellationToken);
            }
        }
    }

    private async Task AskForOneAsync(MissingTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            var conversation = await client.GetConversationAsync(ticket.KustomerId, cancellationToken);
            _failuresInARow = 0;
            if (IsDeleted(conversation) || !string.Equals(conversation.Id, ticket.KustomerId, StringComparison.Ordinal))
            {
                // Of a merged one Kustomer may answer with the other that it was merged into.
                Gone.Add(ticket);
            }
            else
            {
                _there.Add(TicketMapper.Map(conversation));
            }
        }
        catch (RecordNotFoundException)
        {
            _failuresInARow = 0;
            Gone.Add(ticket);
        }
        catch (KustomerUnavailableException exception) when (exception.Reason is UnavailableReason.ServerError && ++_failuresInARow < MostFailuresInARow)
        {
            // One that Kustomer cannot show must not keep all others from being compared, every night.
            _failures++;
        }
        catch (UnexpectedAnswerException exception) when (exception.Answer is UnexpectedAnswer.TooLarge or UnexpectedAnswer.Malformed)
        {
            // There is something, so it is not gone.
        }
        catch (RequestRefusedException)
        {
            // Nothing is known of it: an id that Kustomer does not take for one.
        }
    }

    private async Task UnlessRoleMissingAsync(Func<Task> askAsync)
    {
        try
        {
            await askAsync();
        }
        catch (RoleMissingException exception)
        {
            Obstacle = $"Tickets that Kustomer's search shows late or not at all could not be asked for one by one. {exception.Message}";
        }
    }

    private static bool IsDeleted(Conversation conversation) => conversation.Attributes.IsTrue("deleted");
}
