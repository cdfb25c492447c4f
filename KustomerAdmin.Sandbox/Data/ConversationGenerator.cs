namespace KustomerAdmin.Sandbox.Data;

/// <summary>
/// Lays conversations over time: a few on both sides of the two-year line of search, most within the last year and denser towards
/// now, and a bulk edit that left hundreds with one and the same updatedAt.
/// </summary>
internal sealed class ConversationGenerator(int seed, string subdomain, int count, long anchor, bool awkwardFutureDates)
{
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    private readonly Draw _draw = Draw.Of(seed, subdomain + "/conversations");
    private readonly int _customers = CustomerCount(count);

    public long SharedUpdatedAt => anchor - (40 * Day) + 123;

    public int SharedCount => count < 2000 ? Math.Min(600, count / 4) : 600;

    public int Longest => count / 2;

    public int Showcase => count * 9 / 10;

    /// <summary>More than a hundred messages each, so that their lists need a second page.</summary>
    public int[] Long => [Longest + 1, Longest + 3, Longest + 6, (count * 3 / 4) + 1, (count * 3 / 4) + 4];

    public static int CustomerCount(int conversations) => Math.Max(20, conversations * 2 / 5);

    public List<Conversation> Generate()
    {
        var all = new List<Conversation>(count + 64);
        for (var index = 0; index < count; index++)
        {
            all.Add(Ordinary(index));
        }

        Feature(all);
        ShareOneUpdatedAt(all);
        return all;
    }

    private Conversation Ordinary(int index)
    {
        var draw = _draw.At(index);
        var createdAt = CreatedAt(draw, index);
        var messages = MessageCount(draw);
        var limit = anchor - (20_000 + draw.Below(Salt.Age, 60_000));
        var lastMessageAt = messages < 2 ? createdAt : Math.Min(limit - 1000, createdAt + draw.Skewed(Salt.Duration, 10 * Minute, 12 * Day));
        lastMessageAt = Math.Max(lastMessageAt, createdAt);
        var settledAt = Math.Min(limit, lastMessageAt + draw.Skewed(Salt.Settle, 200, 5 * Day));
        var unit = draw.Unit(Salt.Customer);
        return new Conversation
        {
            Index = index,
            Draw = draw,
            Customer = (int)(_customers * unit * unit),
            CreatedAt = createdAt,
            LastMessageAt = lastMessageAt,
            UpdatedAt = Math.Max(settledAt, lastMessageAt),
            Status = Status(draw, anchor - createdAt),
            Priority = (byte)(draw.Chance(Salt.Priority, 70) ? 3 : 1 + draw.Below(Salt.Priority, 5, 1)),
            Channel = Channels.Of(draw, index),
            GeneratedMessages = messages,
            Notes = Math.Max(0, draw.Below(Salt.Notes, 7) - 3),
        };
    }

    private long CreatedAt(Draw draw, int index)
    {
        var position = (index + draw.Unit(Salt.Age)) / count;
        var age = position switch
        {
            < 0.010 => (2.6 - (position / 0.010 * 0.55)) * 365,
            < 0.020 => (2.05 - ((position - 0.010) / 0.010 * 0.15)) * 365,
            < 0.080 => (1.9 - ((position - 0.020) / 0.060 * 0.9)) * 365,
            _ => 365 * Math.Pow(1 - ((position - 0.080) / 0.920), 1.25),
        };
        return anchor - (2 * Minute) - (long)(age * Day);
    }

    private static int MessageCount(Draw draw) => draw.Below(Salt.Messages, 1000) switch
    {
        < 8 => 0,
        < 120 => 1,
        < 990 => 2 + (int)draw.Skewed(Salt.Messages, 0, 16, 1),
        _ => 20 + draw.Below(Salt.Messages, 70, 2),
    };

    private static ConversationStatus Status(Draw draw, long age)
    {
        var chance = draw.Below(Salt.Status, 100);
        var (open, snoozed) = age switch
        {
            < 2 * Day => (60, 75),
            < 14 * Day => (25, 40),
            _ => (4, 7),
        };
        return chance < open ? ConversationStatus.Open : chance < snoozed ? ConversationStatus.Snoozed : ConversationStatus.Done;
    }

    private void ShareOneUpdatedAt(List<Conversation> all)
    {
        var left = SharedCount;
        for (var pass = 0; pass < 2 && left > 0; pass++)
        {
            for (var index = count / 20; index < count && left > 0; index++)
            {
                var conversation = all[index];
                if (conversation.UpdatedAt < SharedUpdatedAt && (pass == 1 || index % 2 == 0))
                {
                    all[index] = conversation with { UpdatedAt = SharedUpdatedAt };
                    left--;
                }
            }
        }
    }

    private void Feature(List<Conversation> all)
    {
        for (var position = 0; position < Long.Length; position++)
        {
            Lengthen(all, Long[position], 110 + (60 * position), position + 2);
        }

        Lengthen(all, Longest, 2000, 1);
        Lengthen(all, Showcase, 14, 8);
        all[Showcase] = all[Showcase] with { IsShowcase = true, Notes = 3 };
        if (awkwardFutureDates)
        {
            all[count - 1] = all[count - 1] with { UpdatedAt = anchor + Hour };
            all[count - 2] = all[count - 2] with { UpdatedAt = DateTimeOffset.Parse("2099-12-31T23:59:59.999Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() };
        }
    }

    private void Lengthen(List<Conversation> all, int index, int messages, int minutesAgo)
    {
        var lastMessageAt = anchor - (minutesAgo * Minute);
        all[index] = all[index] with { GeneratedMessages = messages, LastMessageAt = lastMessageAt, UpdatedAt = lastMessageAt + 4000, Status = ConversationStatus.Open };
    }
}
