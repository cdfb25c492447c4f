using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Dialogue;

namespace KustomerAdmin.Sandbox.Writing;

/// <summary>The conversation resource with all attributes that Kustomer's own pages and public connectors show.</summary>
internal static class ConversationWriter
{
    public static void Write(ApiJson json, OrganizationStore store, Conversation conversation)
    {
        var id = store.IdOf(conversation);
        var writer = json.Out;
        writer.WriteStartObject();
        writer.WriteString("type"u8, "conversation"u8);
        json.Id("id"u8, id);
        writer.WriteStartObject("attributes"u8);
        Basics(json, conversation);
        Times(json, conversation);
        Labels(json, store, conversation);
        ConversationMilestones.Write(json, store, conversation);
        ConversationExtras.Write(json, store, conversation);
        CustomWriter.Write(json, store, conversation);
        writer.WriteNumber("rev"u8, 3 + conversation.Messages + conversation.Notes + conversation.Changes);
        writer.WriteEndObject();
        ConversationRelations.Write(json, store, conversation, id);
        writer.WriteStartObject("links"u8);
        json.Self("conversations"u8, id);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Basics(ApiJson json, Conversation conversation)
    {
        var writer = json.Out;
        var draw = conversation.Draw;
        if (draw.Chance(Salt.Optional, 30))
        {
            writer.WriteString("externalId"u8, ExternalId(conversation));
        }

        if (ConversationText.Subject(conversation) is { } subject)
        {
            writer.WriteString("name"u8, subject);
        }

        writer.WriteString("preview"u8, ConversationText.Preview(conversation, ""));
        writer.WriteStartArray("channels"u8);
        writer.WriteStringValue(Channels.All[conversation.Channel]);
        if (conversation.Channel != 0 && draw.Chance(Salt.Channel, 15, 1))
        {
            writer.WriteStringValue("email"u8);
        }

        writer.WriteEndArray();
        if (draw.Chance(Salt.Optional, 80, 1))
        {
            writer.WriteString("replyChannel"u8, Channels.All[conversation.Channel]);
        }

        writer.WriteString("status"u8, StatusName(conversation.Status));
        writer.WriteString("phase"u8, "default"u8);
        writer.WriteNumber("priority"u8, conversation.Priority);
        writer.WriteString("direction"u8, MessageThread.StartsInbound(conversation) ? "in"u8 : "out"u8);
        var inbound = MessageThread.Inbound(conversation);
        writer.WriteNumber("messageCount"u8, conversation.Messages);
        writer.WriteNumber("noteCount"u8, conversation.Notes);
        writer.WriteNumber("outboundMessageCount"u8, conversation.Messages - inbound);
        writer.WriteNumber("inboundMessageCount"u8, inbound);
        writer.WriteBoolean("spam"u8, draw.Chance(Salt.Optional, 1, 2));
        writer.WriteBoolean("deleted"u8, conversation.IsDeleted);
        writer.WriteBoolean("pinned"u8, draw.Chance(Salt.Optional, 2, 3));
        if (draw.Chance(Salt.Language, 90))
        {
            var languages = s_languages;
            writer.WriteString("defaultLang"u8, draw.Pick(Salt.Language, languages, 1));
            writer.WriteString("locale"u8, draw.Pick(Salt.Language, languages, 1).AsSpan(0, 2));
        }
    }

    private static readonly string[] s_languages = ["en_us", "en_us", "en_us", "de_de", "fr_fr", "es_es", "it_it"];

    private static void Times(ApiJson json, Conversation conversation)
    {
        var writer = json.Out;
        var lastMessageAt = MessageThread.LastMessageAt(conversation);
        json.Time("createdAt"u8, conversation.CreatedAt);
        json.Time("updatedAt"u8, conversation.UpdatedAt);
        json.Time("modifiedAt"u8, Math.Min(lastMessageAt + 900, conversation.UpdatedAt));
        json.Time("lastActivityAt"u8, Math.Min(lastMessageAt + 1000, conversation.UpdatedAt));
        if (conversation.Messages > 0)
        {
            json.Time("lastMessageAt"u8, lastMessageAt);
            writer.WriteString("lastMessageDirection"u8, MessageThread.IsInbound(conversation, conversation.Messages - 1) ? "in"u8 : "out"u8);
        }

        if (MessageThread.Last(conversation, isInbound: true) is >= 0 and var inbound)
        {
            json.Time("lastReceivedAt"u8, MessageThread.SentAt(conversation, inbound));
        }

        if (IsImported(conversation))
        {
            json.Time("importedAt"u8, conversation.CreatedAt + 86_400_000);
        }
        else if (conversation.Draw.Chance(Salt.Optional, 50, 4))
        {
            writer.WriteNull("importedAt"u8);
        }

        if (IsEnded(conversation))
        {
            writer.WriteBoolean("ended"u8, value: true);
            json.Time("endedAt"u8, conversation.UpdatedAt - 50);
            writer.WriteString("endedReason"u8, "ended"u8);
            writer.WriteString("endedByType"u8, conversation.Draw.Chance(Salt.Optional, 70, 5) ? "user"u8 : "customer"u8);
        }
    }

    public static bool IsImported(Conversation conversation) => conversation.Draw.Chance(Salt.Optional, 3, 6);

    public static bool IsEnded(Conversation conversation) => conversation is { Status: ConversationStatus.Done, Channel: 1 };

    public static string ExternalId(Conversation conversation) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"legacy-{conversation.Index + 1000}");

    public static ReadOnlySpan<byte> StatusName(ConversationStatus status) => status switch
    {
        ConversationStatus.Open => "open"u8,
        ConversationStatus.Snoozed => "snoozed"u8,
        _ => "done"u8,
    };

    private static void Labels(ApiJson json, OrganizationStore store, Conversation conversation)
    {
        Span<ObjectId> tags = stackalloc ObjectId[ConversationLabels.MostTags];
        json.Ids("tags"u8, tags[..ConversationLabels.Tags(store, conversation, tags)]);
        json.EmptyList("suggestedTags"u8);
        json.EmptyList("suggestedShortcuts"u8);
        json.EmptyList("predictions"u8);
        var sentiment = ConversationLabels.Sentiment(conversation);
        json.Out.WriteStartObject("sentiment"u8);
        if (sentiment is { } polarity)
        {
            json.Out.WriteNumber("polarity"u8, polarity);
            json.Out.WriteNumber("confidence"u8, Math.Round(0.5 + (conversation.Draw.Unit(Salt.Sentiment, 1) / 2), 2));
        }

        json.Out.WriteEndObject();
        var isAssigned = ConversationLabels.IsAssigned(conversation);
        json.Ids("assignedUsers"u8, isAssigned ? [store.People.AgentOf(conversation).Id] : []);
        json.Ids("assignedTeams"u8, ConversationLabels.HasTeam(conversation) ? [store.People.TeamOf(conversation).Id] : []);
        json.EmptyList("skills"u8);
        json.EmptyList("matchedTimeBasedRules"u8);
        json.EmptyList("roleGroupVersions"u8);
        json.EmptyList("accessOverride"u8);
        json.EmptyList("linkedConversations"u8);
        if (conversation.Draw.Chance(Salt.Optional, 2, 7))
        {
            json.Out.WriteBoolean("mergedTarget"u8, value: true);
        }
    }
}
