using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sync.Storing;

namespace KustomerAdmin.Benchmarks;

/// <summary>
/// Invented tickets, newest first as a first load stores them. The same number is the same ticket; a later version of it differs by
/// a second and by the values drawn for it.
/// </summary>
internal static class SampleTickets
{
    /// <summary>Raise it when what is invented changes: kept databases are made again.</summary>
    public const int Version = 1;

    private const int Tags = 300;
    private const int Agents = 200;

    public static readonly DateTimeOffset End = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_channels = ["email", "chat", "voice", "sms", "facebook", "instagram"];
    private static readonly string[] s_queues = ["general", "billing", "returns", "delivery", "technical"];

    public static string IdOf(int number) => $"{number:x24}";

    public static string CustomerOf(int number) => $"c{number:x23}";

    public static string TagOf(int number) => $"{number:x4}{"a",20}".Replace(' ', '7');

    /// <summary>Customers of <paramref name="count"/> tickets: two tickets and a half each, some many more.</summary>
    public static int Customers(int count) => Math.Max(1, count * 2 / 5);

    public static DateTimeOffset UpdatedAt(int number, int count) => End.AddSeconds(-(long)(730 * 86_400 * Math.Pow((double)number / count, 1.3)));

    public static MappedTicket Make(int number, int count, int version = 0)
    {
        var random = new Random(HashCode(number, version));
        var updated = UpdatedAt(number, count).AddSeconds(version);
        var created = updated.AddMinutes(-30 - SampleField.Skewed(random, 60 * 24 * 20));
        var (isDone, messages) = (random.NextDouble() > (number < count / 5 ? 0.6 : 0.08), 1 + SampleField.Skewed(random, 40));
        var channel = s_channels[SampleField.Skewed(random, s_channels.Length)];
        return new MappedTicket
        {
            KustomerId = IdOf(number),
            UpdatedAt = updated,
            CustomerId = CustomerOf(SampleField.Skewed(random, Customers(count))),
            Subject = random.NextDouble() < 0.9 ? string.Join(' ', Enumerable.Range(0, 4).Select(_ => SampleField.Word(SampleField.Skewed(random, 3_000)))) : null,
            Status = isDone ? "done" : random.NextDouble() < 0.7 ? "open" : "snoozed",
            Priority = 1 + random.Next(5),
            Direction = random.NextDouble() < 0.8 ? "in" : "out",
            MessageCount = messages,
            NoteCount = SampleField.Skewed(random, 5),
            CreatedAt = created,
            LastActivityAt = updated.AddMinutes(-random.Next(600)),
            Channels = random.NextDouble() < 0.1 ? [channel, channel is "email" ? "chat" : "email"] : [channel],
            TagIds = [.. Enumerable.Range(0, random.Next(4)).Select(_ => TagOf(SampleField.Skewed(random, Tags))).Distinct(StringComparer.Ordinal)],
            Attributes = Attributes(random, created, updated, isDone, messages, channel),
            Values = [.. SampleField.All.Where(field => random.NextDouble() < field.Share).Select(field => field.Draw(random, number))],
        };
    }

    /// <summary>Half of the columns have a value, as with conversations of the real Kustomer.</summary>
    private static TicketAttributes Attributes(Random random, DateTimeOffset created, DateTimeOffset updated, bool isDone, int messages, string channel)
    {
        var (response, open) = (60_000.0 + SampleField.Skewed(random, 90_000_000), (updated - created).TotalMilliseconds);
        var isBreached = random.NextDouble() < 0.06;
        return new TicketAttributes
        {
            ReplyChannel = channel,
            OutboundMessageCount = messages / 2,
            InboundMessageCount = messages - (messages / 2),
            ModifiedAt = updated,
            LastReceivedAt = updated.AddMinutes(-20),
            LastMessageAt = updated.AddMinutes(-10),
            LastMessageDirection = random.Next(2) == 0 ? "in" : "out",
            Spam = random.NextDouble() < 0.01,
            Ended = isDone,
            EndedAt = isDone ? updated : null,
            EndedByType = isDone ? "user" : null,
            AssignedUsers = SampleField.Word(random.Next(Agents)),
            AssignedTeams = SampleField.Word(random.Next(12)),
            SentimentPolarity = random.NextDouble() < 0.5 ? Math.Round((random.NextDouble() * 2) - 1, 2) : null,
            SatisfactionLevelStatus = random.NextDouble() < 0.3 ? "offered" : null,
            SatisfactionLevelScore = random.NextDouble() < 0.12 ? 1 + random.Next(5) : null,
            FirstMessageInChannel = channel,
            FirstMessageInSentAt = created,
            FirstMessageOutSentAt = created.AddMilliseconds(response),
            FirstResponseCreatedBy = SampleField.Word(random.Next(Agents)),
            FirstResponseTime = response,
            FirstResponseBusinessTime = response / 3,
            FirstDoneCreatedAt = isDone ? updated : null,
            FirstDoneTime = isDone ? open : null,
            LastDoneCreatedAt = isDone ? updated : null,
            LastDoneCreatedBy = isDone ? SampleField.Word(random.Next(Agents)) : null,
            DoneCount = isDone ? 1 : 0,
            ReopenCount = SampleField.Skewed(random, 4),
            SnoozeCount = SampleField.Skewed(random, 3),
            TotalOpenTime = open,
            TotalOpenBusinessTime = open / 3,
            SlaName = random.NextDouble() < 0.7 ? "standard SLA" : null,
            SlaStatus = isBreached ? "breached" : "pending",
            SlaBreached = isBreached,
            SlaBreachAt = isBreached ? updated : null,
            DefaultLang = random.NextDouble() < 0.8 ? "en" : "de",
            Queue = s_queues[SampleField.Skewed(random, s_queues.Length)],
        };
    }

    /// <summary>The same in every process, where <see cref="System.HashCode"/> is not.</summary>
    private static int HashCode(int number, int version) => unchecked((int)((((uint)number * 2654435761) ^ ((uint)version * 2246822519)) * 3266489917));
}
