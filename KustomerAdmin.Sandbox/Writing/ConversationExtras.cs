using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Dialogue;

namespace KustomerAdmin.Sandbox.Writing;

/// <summary>Attributes that only some conversations have.</summary>
internal static class ConversationExtras
{
    public static void Write(ApiJson json, OrganizationStore store, Conversation conversation)
    {
        Snooze(json, conversation);
        Satisfaction(json, store, conversation);
        Sla(json, conversation);
        Assistant(json, store, conversation);
        History(json, conversation);
        if (conversation.Draw.Chance(Salt.Deflection, 5))
        {
            json.Out.WriteStartObject("lastDeflection"u8);
            json.Out.WriteString("type"u8, "kb_article"u8);
            json.Out.WriteString("status"u8, "unresolved"u8);
            json.EmptyList("articles"u8);
            json.Out.WriteStartObject("query"u8);
            json.Out.WriteString("rawText"u8, ConversationText.Deflection(conversation));
            json.Out.WriteEndObject();
            json.Out.WriteEndObject();
        }

        json.Out.WriteStartObject("attribution"u8);
        json.Out.WriteNumber("totalRevenue"u8, 0);
        json.Out.WriteBoolean("hasAttributableRevenue"u8, value: false);
        json.Out.WriteString("currency"u8, "USD"u8);
        json.Out.WriteEndObject();
    }

    private static void Snooze(ApiJson json, Conversation conversation)
    {
        var isSnoozed = conversation.Status == ConversationStatus.Snoozed;
        if (!isSnoozed && !conversation.Draw.Chance(Salt.Snooze, 8))
        {
            return;
        }

        json.Out.WriteStartObject("snooze"u8);
        json.Out.WriteString("status"u8, isSnoozed ? "scheduled"u8 : "elapsed"u8);
        json.Time("time"u8, conversation.UpdatedAt + (isSnoozed ? 3 * ConversationGenerator.Day : -ConversationGenerator.Hour));
        json.Time("statusAt"u8, conversation.UpdatedAt - 500);
        json.Out.WriteEndObject();
    }

    private static void Satisfaction(ApiJson json, OrganizationStore store, Conversation conversation)
    {
        if (!ConversationLabels.IsRated(conversation))
        {
            if (conversation.Draw.Chance(Salt.Optional, 50, 8))
            {
                json.Out.WriteNumber("satisfaction"u8, 0);
            }

            return;
        }

        var rating = ConversationLabels.Rating(conversation);
        json.Out.WriteNumber("satisfaction"u8, (rating - 3) / 2.0);
        json.Out.WriteStartObject("satisfactionLevel"u8);
        json.Id("form"u8, store.Ids.Fixed(ResourceKind.SatisfactionForm, 0));
        json.Id("formResponse"u8, store.Ids.Make(ResourceKind.SatisfactionResponse, conversation.CreatedAt, conversation.Index));
        var isCommented = conversation.Draw.Chance(Salt.Satisfaction, 40, 1);
        json.Out.WriteString("status"u8, isCommented ? "commented"u8 : "rated"u8);
        json.Out.WriteString("channel"u8, Channels.All[conversation.Channel]);
        json.Out.WriteNumber("rating"u8, rating);
        json.Out.WriteNumber("score"u8, rating > 3 ? 1 : 0);
        if (isCommented)
        {
            json.Out.WriteString("firstAnswer"u8, ConversationText.Answer(conversation));
        }

        json.EmptyList("answers"u8);
        json.Time("createdAt"u8, conversation.UpdatedAt - 400);
        json.Time("updatedAt"u8, conversation.UpdatedAt - 200);
        json.Id("sentBy"u8, store.People.AgentOf(conversation).Id);
        json.Ids("sentByTeams"u8, store.People.TeamOf(conversation).Id);
        json.Out.WriteEndObject();
    }

    private static void Sla(ApiJson json, Conversation conversation)
    {
        if (!ConversationLabels.HasSla(conversation))
        {
            return;
        }

        var isBreached = ConversationLabels.IsBreached(conversation);
        json.Out.WriteStartObject("sla"u8);
        json.Out.WriteString("name"u8, conversation.Draw.Chance(Salt.Sla, 30, 2) ? "Gold"u8 : "Standard"u8);
        json.Out.WriteNumber("version"u8, 4);
        json.Out.WriteString("status"u8, conversation.Status == ConversationStatus.Done ? "done"u8 : "pending"u8);
        json.Out.WriteBoolean("breached"u8, isBreached);
        json.Time("matchedAt"u8, conversation.CreatedAt);
        json.Out.WriteStartObject("metrics"u8);
        json.Out.WriteStartObject("firstResponse"u8);
        json.Time("breachAt"u8, conversation.CreatedAt + (4 * ConversationGenerator.Hour));
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
        if (isBreached)
        {
            json.Out.WriteStartObject("breach"u8);
            json.Out.WriteString("metric"u8, "firstResponse"u8);
            json.Time("at"u8, conversation.CreatedAt + (4 * ConversationGenerator.Hour));
            json.Out.WriteEndObject();
        }

        json.Out.WriteEndObject();
    }

    private static void Assistant(ApiJson json, OrganizationStore store, Conversation conversation)
    {
        if (!conversation.Draw.Chance(Salt.Assistant, 15))
        {
            return;
        }

        json.Out.WriteStartObject("assistant"u8);
        json.Out.WriteStartObject("fac"u8);
        json.Out.WriteBoolean("isFac"u8, value: false);
        json.EmptyList("reasons"u8);
        json.EmptyList("exclusions"u8);
        json.Out.WriteEndObject();
        json.Ids("assistantId"u8, store.Ids.Fixed(ResourceKind.Assistant, 0));
        json.Out.WriteString("status"u8, "transferred"u8);
        json.Out.WriteString("channel"u8, Channels.All[conversation.Channel]);
        json.Time("transferredAt"u8, conversation.CreatedAt + 3000);
        json.Out.WriteEndObject();
    }

    private static void History(ApiJson json, Conversation conversation)
    {
        json.Out.WriteStartObject("modificationHistory"u8);
        json.Time("statusAt"u8, conversation.UpdatedAt - 100);
        json.Time("tagsAt"u8, conversation.CreatedAt + 2000);
        json.Time("assignedUsersAt"u8, conversation.CreatedAt + 1500);
        json.Time("assignedTeamsAt"u8, conversation.CreatedAt + 1500);
        json.Time("priorityAt"u8, conversation.CreatedAt);
        json.Time("channelAt"u8, conversation.CreatedAt);
        json.Out.WriteNull("nameAt"u8);
        json.Time("customAt"u8, conversation.CreatedAt + 2500);
        json.Time("brandAt"u8, conversation.CreatedAt);
        json.Out.WriteEndObject();
    }
}
