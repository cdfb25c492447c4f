namespace KustomerAdmin.Tests.Simulation;

/// <summary>
/// I9, seen from the wire of one process: its sync keeps to its share of the limits that Kustomer told this process, and nobody sends while a 429 says wait.
/// </summary>
internal sealed class BudgetWatch(TimeProvider clock, Action<string> complain)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private readonly Limit _general = new(300);
    private readonly Limit _search = new(100);

    /// <summary>Of the limits, what the sync may use, in percent.</summary>
    public int Share { get; set; } = 50;

    /// <param name="isPerson">A person's requests are not bound by the share; the sync's are counted with them.</param>
    public void Send(bool isSearch, bool isPerson)
    {
        var now = clock.GetUtcNow();
        foreach (var (limit, name) in ((Limit, string)[])(isSearch ? [(_general, "requests"), (_search, "searches")] : [(_general, "requests")]))
        {
            limit.Forget(now - s_window);
            limit.Sent.Enqueue(now);
            var allowed = Math.Max(1, limit.Told.Max(told => told.PerMinute) * Share / 100);
            if (!isPerson && limit.Sent.Count > allowed)
            {
                complain($"I9: {limit.Sent.Count} {name} within a minute at {now:o}, {allowed} are the share");
            }

            if (now < limit.ClosedUntil)
            {
                complain($"I9: a request was sent at {now:o}, though Kustomer allows none before {limit.ClosedUntil:o}");
            }
        }
    }

    public void Hear(bool isSearch, HttpResponseMessage answer)
    {
        var now = clock.GetUtcNow();
        var limit = isSearch ? _search : _general;
        if (answer.Headers.TryGetValues("x-ratelimit-limit", out var values))
        {
            var perMinute = int.Parse(values.First(), System.Globalization.CultureInfo.InvariantCulture);

            // Either limit refuses a search, and only the number tells which.
            var teller = isSearch && answer is RefusedAnswer && perMinute != _search.Told[^1].PerMinute ? _general : limit;
            teller.Told.Add((now, perMinute));
        }

        if (answer is RefusedAnswer refused)
        {
            var until = now + refused.Wait;
            limit.ClosedUntil = until > limit.ClosedUntil ? until : limit.ClosedUntil;
        }
    }

    private sealed class Limit(int assumed)
    {
        public Queue<DateTimeOffset> Sent { get; } = new();

        /// <summary>What was said within the window, and what held when it began: whoever lowers a limit cannot take back what was sent under it.</summary>
        public List<(DateTimeOffset At, int PerMinute)> Told { get; } = [(DateTimeOffset.MinValue, assumed)];

        public DateTimeOffset ClosedUntil { get; set; }

        public void Forget(DateTimeOffset before)
        {
            while (Sent.TryPeek(out var oldest) && oldest <= before)
            {
                Sent.Dequeue();
            }

            while (Told is [_, var second, ..] && second.At <= before)
            {
                Told.RemoveAt(0);
            }
        }
    }
}

/// <summary>A 429, and how long at least nothing may be sent because of it.</summary>
internal sealed class RefusedAnswer : HttpResponseMessage
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(300);

    public RefusedAnswer(TimeSpan wait, (string Name, string Value)? header)
        : base(System.Net.HttpStatusCode.TooManyRequests)
    {
        Wait = wait < s_shortest ? s_shortest : wait > s_longest ? s_longest : wait;
        if (header is var (name, value))
        {
            Headers.TryAddWithoutValidation(name, value);
        }
    }

    public TimeSpan Wait { get; }
}
