using KustomerAdmin.Tickets.Composing;

namespace KustomerAdmin.Tickets.Details;

/// <summary>Finds words in all messages and notes of an opened ticket, those that are not on the screen among them.</summary>
public sealed record TicketFind
{
    public static readonly TicketFind None = new();

    /// <summary>A message of megabytes holds a letter as often as somebody likes.</summary>
    private const int MostInText = 1000;

    private const int MostHits = 20_000;

    private TicketFind()
    {
    }

    public string Words { get; private init; } = "";

    /// <summary>In the order of the timeline; an entry stands once for each time it holds the words.</summary>
    public IReadOnlyList<FindHit> Hits { get; private init; } = [];

    /// <summary>The hit that is looked at; -1 when there is none.</summary>
    public int Current { get; private init; } = -1;

    public FindHit? Hit => Current < 0 ? null : Hits[Current];

    public static TicketFind Of(string? words, IReadOnlyList<TimelineItem> timeline)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            return None;
        }

        var hits = timeline.SelectMany(item => Starts(item.Text, words).Select((start, number) => new FindHit(item.Id, start, number))).Take(MostHits).ToList();
        return new TicketFind { Words = words, Hits = hits, Current = hits.Count > 0 ? 0 : -1 };
    }

    /// <summary>The same words in a timeline of which more has come.</summary>
    public TicketFind In(IReadOnlyList<TimelineItem> timeline)
    {
        var again = Of(Words, timeline);
        var place = Hit is null ? -1 : again.Hits.ToList().IndexOf(Hit);
        return place < 0 ? again : again with { Current = place };
    }

    /// <summary>The next hit, or the one before; behind the last comes the first.</summary>
    public TicketFind Step(int by) => Hits.Count == 0 ? this : this with { Current = (Current + by + Hits.Count) % Hits.Count };

    /// <summary>Where the words begin in a text; the first thousand times.</summary>
    public static IEnumerable<int> Starts(string? text, string words)
    {
        var number = 0;
        for (var start = 0; number < MostInText && text is not null && words.Length > 0 && (start = text.IndexOf(words, start, StringComparison.OrdinalIgnoreCase)) >= 0; start += words.Length)
        {
            number++;
            yield return start;
        }
    }
}

/// <param name="Number">Which of the entry's hits it is, from 0.</param>
public sealed record FindHit(string ItemId, int Start, int Number);
