using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Writing;

/// <summary>The first and last of everything, with counters and durations (milliseconds).</summary>
internal static class ConversationMilestones
{
    public static void Write(ApiJson json, OrganizationStore store, Conversation conversation)
    {
        var firstIn = MessageThread.First(conversation, isInbound: true);
        var firstOut = MessageThread.First(conversation, isInbound: false);
        var lastIn = MessageThread.Last(conversation, isInbound: true);
        var lastOut = MessageThread.Last(conversation, isInbound: false);
        Message(json, store, conversation, "firstMessageIn"u8, firstIn);
        Message(json, store, conversation, "firstMessageOut"u8, firstOut);
        Message(json, store, conversation, "lastMessageIn"u8, lastIn);
        Message(json, store, conversation, "lastMessageOut"u8, lastOut);
        if (lastIn > lastOut)
        {
            Message(json, store, conversation, "lastMessageUnrespondedTo"u8, lastIn);
            Message(json, store, conversation, "lastMessageUnrespondedToSinceLastDone"u8, lastIn);
        }

        if (firstOut >= 0 && firstIn >= 0 && firstIn < firstOut)
        {
            Response(json, store, conversation, "firstResponse"u8, firstOut);
            Response(json, store, conversation, "lastResponse"u8, lastOut);
        }

        Status(json, store, conversation);
    }

    private static void Message(ApiJson json, OrganizationStore store, Conversation conversation, ReadOnlySpan<byte> name, int number)
    {
        json.Out.WriteStartObject(name);
        if (number >= 0)
        {
            var sentAt = MessageThread.SentAt(conversation, number);
            json.Id("id"u8, store.Ids.Make(ResourceKind.Message, sentAt, conversation.Index, number));
            json.Time("sentAt"u8, sentAt);
            json.Time("createdAt"u8, sentAt + 5);
            json.Out.WriteString("channel"u8, Channels.All[conversation.Channel]);
            json.Out.WriteString("directionType"u8, DirectionType(conversation, number));
            if (MessageThread.IsInbound(conversation, number))
            {
                json.Empty("meta"u8);
            }
            else
            {
                json.Id("createdBy"u8, store.People.AgentOf(conversation, number).Id);
                json.Ids("createdByTeams"u8, store.People.TeamOf(conversation).Id);
            }
        }

        json.Out.WriteEndObject();
    }

    public static ReadOnlySpan<byte> DirectionType(Conversation conversation, int number)
    {
        var isInbound = MessageThread.IsInbound(conversation, number);
        if (number == 0)
        {
            return isInbound ? "initial-in"u8 : "initial-out"u8;
        }

        var isFollowUp = MessageThread.IsInbound(conversation, number - 1) == isInbound;
        return (isFollowUp, isInbound) switch
        {
            (true, true) => "followup-in"u8,
            (true, false) => "followup-out"u8,
            (false, true) => "response-in"u8,
            (false, false) => "response-out"u8,
        };
    }

    private static void Response(ApiJson json, OrganizationStore store, Conversation conversation, ReadOnlySpan<byte> name, int number)
    {
        var sentAt = MessageThread.SentAt(conversation, number);
        var time = sentAt - MessageThread.SentAt(conversation, number - 1);
        json.Out.WriteStartObject(name);
        json.Id("id"u8, store.Ids.Make(ResourceKind.Message, sentAt, conversation.Index, number));
        json.Time("createdAt"u8, sentAt + 5);
        json.Time("sentAt"u8, sentAt);
        json.Id("createdBy"u8, store.People.AgentOf(conversation, number).Id);
        json.Ids("createdByTeams"u8, store.People.TeamOf(conversation).Id);
        json.Ids("assignedUsers"u8, store.People.AgentOf(conversation).Id);
        json.Ids("assignedTeams"u8, store.People.TeamOf(conversation).Id);
        json.Out.WriteNumber("time"u8, time);
        json.Out.WriteNumber("businessTime"u8, time / 3);
        json.Out.WriteNumber("responseTime"u8, time);
        json.Out.WriteEndObject();
    }

    private static void Status(ApiJson json, OrganizationStore store, Conversation conversation)
    {
        var writer = json.Out;
        var isDone = conversation.Status == ConversationStatus.Done;
        var open = conversation.UpdatedAt - conversation.CreatedAt;
        json.Out.WriteStartObject("open"u8);
        json.Time("statusAt"u8, conversation.CreatedAt);
        json.Out.WriteEndObject();
        if (isDone)
        {
            Done(json, store, conversation, "firstDone"u8);
            Done(json, store, conversation, "lastDone"u8);
        }

        writer.WriteNumber("doneCount"u8, isDone ? 1 : 0);
        writer.WriteNumber("reopenCount"u8, 0);
        writer.WriteNumber("reopenFromDoneCount"u8, 0);
        writer.WriteNumber("snoozeCount"u8, conversation.Status == ConversationStatus.Snoozed ? 1 : 0);
        writer.WriteStartObject("totalOpen"u8);
        writer.WriteNumber("time"u8, open);
        writer.WriteNumber("businessTime"u8, open / 3);
        writer.WriteEndObject();
        writer.WriteStartObject("totalDone"u8);
        writer.WriteNumber("time"u8, 0);
        writer.WriteNumber("businessTime"u8, 0);
        writer.WriteEndObject();
    }

    private static void Done(ApiJson json, OrganizationStore store, Conversation conversation, ReadOnlySpan<byte> name)
    {
        var time = conversation.UpdatedAt - conversation.CreatedAt;
        var outbound = conversation.Messages - MessageThread.Inbound(conversation);
        json.Out.WriteStartObject(name);
        json.Time("createdAt"u8, conversation.UpdatedAt - 100);
        json.Id("createdBy"u8, store.People.AgentOf(conversation).Id);
        json.Ids("createdByTeams"u8, store.People.TeamOf(conversation).Id);
        json.Ids("assignedUsers"u8, store.People.AgentOf(conversation).Id);
        json.Ids("assignedTeams"u8, store.People.TeamOf(conversation).Id);
        json.Out.WriteNumber("time"u8, time);
        json.Out.WriteNumber("businessTime"u8, time / 3);
        json.Out.WriteNumber("messageCount"u8, conversation.Messages);
        json.Out.WriteNumber("noteCount"u8, conversation.Notes);
        json.Out.WriteNumber("outboundMessageCount"u8, outbound);
        json.Out.WriteStartObject("messageCountByChannel"u8);
        json.Out.WriteNumber(Channels.All[conversation.Channel], conversation.Messages);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }
}
