namespace KustomerAdmin.Sandbox.Data;

/// <summary>Attributes that both the resource shows and search filters by.</summary>
internal static class ConversationLabels
{
    public const int MostTags = 4;

    public static int Tags(OrganizationStore store, Conversation conversation, Span<ObjectId> tags)
    {
        var all = store.People.Tags;
        var count = Math.Max(0, conversation.Draw.Below(Salt.TagCount, 5) - 1 + (conversation.Changes % 2));
        var first = conversation.Draw.Below(Salt.Tag, all.Length);
        for (var position = 0; position < count; position++)
        {
            // A step of eight through 21 tags never meets the same tag twice.
            tags[position] = all[(first + (position * 8)) % all.Length].Id;
        }

        return count;
    }

    public static int? Sentiment(Conversation conversation) =>
        conversation.Draw.Chance(Salt.Sentiment, 20) ? null : conversation.Draw.Below(Salt.Sentiment, 3, 2) - 1;

    public static bool IsAssigned(Conversation conversation) => conversation.Draw.Chance(Salt.User, 85, 999) || conversation.Index % 97 == 5;

    public static bool HasTeam(Conversation conversation) => conversation.Draw.Chance(Salt.Team, 75, 999);

    public static bool IsRated(Conversation conversation) => conversation.Status == ConversationStatus.Done && conversation.Draw.Chance(Salt.Satisfaction, 22);

    public static int Rating(Conversation conversation) => 5 - (int)conversation.Draw.Skewed(Salt.Rating, 0, 5);

    public static bool HasSla(Conversation conversation) => conversation.Draw.Chance(Salt.Sla, 30);

    public static bool IsBreached(Conversation conversation) => HasSla(conversation) && conversation.Draw.Chance(Salt.Sla, 15, 1);

    public static int BrandOf(Conversation conversation) => conversation.Draw.Below(Salt.Brand, 10) switch
    {
        < 6 => 0,
        < 9 => 1,
        _ => 2,
    };

    public static bool HasQueue(Conversation conversation) => conversation.Draw.Chance(Salt.Queue, 60);

    public static int QueueOf(Conversation conversation) => conversation.Draw.Below(Salt.Queue, 4, 1);
}
