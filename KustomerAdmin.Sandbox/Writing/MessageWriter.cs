using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Dialogue;

namespace KustomerAdmin.Sandbox.Writing;

/// <summary>The message resource. What it says stands in "preview"; there is no body.</summary>
internal sealed class MessageWriter(OrganizationStore store, Conversation conversation)
{
    private readonly Customer _customer = store.Customer(conversation.Customer);
    private readonly ObjectId _conversationId = store.IdOf(conversation);

    public ObjectId IdOf(int number) => store.Ids.Make(ResourceKind.Message, MessageThread.SentAt(conversation, number), conversation.Index, number);

    public void Write(ApiJson json, int number, bool hasAttachments)
    {
        var id = IdOf(number);
        var isInbound = MessageThread.IsInbound(conversation, number);
        var writer = json.Out;
        writer.WriteStartObject();
        writer.WriteString("type"u8, "message"u8);
        json.Id("id"u8, id);
        Attributes(json, number, isInbound);
        writer.WriteStartObject("relationships"u8);
        json.Relation("org"u8, "org"u8, "orgs"u8, store.Id);

        // Seen in the wild: the type in the plural.
        json.Relation("customer"u8, number % 7 == 3 ? "customers"u8 : "customer"u8, "customers"u8, store.CustomerIdOf(conversation));
        json.Relation("conversation"u8, "conversation"u8, "conversations"u8, _conversationId);
        if (!isInbound)
        {
            json.Relation("createdBy"u8, "user"u8, "users"u8, store.People.AgentOf(conversation, number).Id);
            json.Relation("modifiedBy"u8, "user"u8, "users"u8, store.People.AgentOf(conversation, number).Id);
        }

        AttachmentLinks(json, id, number, hasAttachments);
        writer.WriteEndObject();
        writer.WriteStartObject("links"u8);
        json.Self("messages"u8, id);
        writer.WriteString("related"u8, $"/v1/{Channels.App(conversation.Channel)}/messages/{id}");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void Attributes(ApiJson json, int number, bool isInbound)
    {
        var writer = json.Out;
        var sentAt = MessageThread.SentAt(conversation, number);
        var customer = CustomerProfile.Name(_customer, store.NamedCustomers) ?? "";
        var agent = store.People.AgentOf(conversation, number);
        var text = ConversationText.Message(conversation, number, isInbound, customer, agent.Name.Split(' ')[0]);
        var subject = ConversationText.Subject(conversation);
        writer.WriteStartObject("attributes"u8);
        if (conversation.Channel == 0)
        {
            writer.WriteString("externalId"u8, $"<{conversation.Index:x}.{number:x}@mail.example>");
            writer.WriteString("subject"u8, subject);
        }

        writer.WriteString("channel"u8, Channels.All[conversation.Channel]);
        writer.WriteString("app"u8, Channels.App(conversation.Channel));
        writer.WriteString("direction"u8, isInbound ? "in"u8 : "out"u8);
        writer.WriteString("directionType"u8, ConversationMilestones.DirectionType(conversation, number));
        writer.WriteString("preview"u8, text);
        writer.WriteNumber("size"u8, text.Length);
        writer.WriteString("status"u8, isInbound ? "received"u8 : number % 53 == 7 ? "error"u8 : "sent"u8);
        writer.WriteBoolean("auto"u8, value: false);
        json.Time("sentAt"u8, sentAt);
        json.Time("createdAt"u8, sentAt + 5);
        json.Time("updatedAt"u8, sentAt + 60);
        json.Time("modifiedAt"u8, sentAt + 60);
        Meta(json, number, isInbound, agent, subject);
        writer.WriteStartObject("sentiment"u8);
        if (isInbound)
        {
            writer.WriteNumber("polarity"u8, conversation.Draw.Below(Salt.Sentiment, 3, number) - 1);
            writer.WriteNumber("confidence"u8, 0.6);
        }

        writer.WriteEndObject();
        json.Ids("assignedUsers"u8, agent.Id);
        json.Ids("assignedTeams"u8, store.People.TeamOf(conversation).Id);
        json.Ids("createdByTeams"u8, isInbound ? [] : [store.People.TeamOf(conversation).Id]);
        writer.WriteBoolean("redacted"u8, number % 101 == 100);
        json.EmptyList("reactions"u8);
        json.EmptyList("intentDetections"u8);
        writer.WriteString("lang"u8, "en"u8);
        writer.WriteNumber("rev"u8, 2);
        writer.WriteEndObject();
    }

    private void Meta(ApiJson json, int number, bool isInbound, Agent agent, string? subject)
    {
        var (from, to) = (CustomerProfile.Email(_customer), $"help@{store.Subdomain}.example");
        if (!isInbound)
        {
            (from, to) = (agent.Email, from);
        }

        json.Out.WriteStartObject("meta"u8);
        json.Out.WriteString("from"u8, from);
        switch (conversation.Draw.Below(Salt.Recipient, 3, number))
        {
            case 0:
                json.Out.WriteString("to"u8, to);
                break;
            case 1:
                json.Out.WriteStartObject("to"u8);
                json.Out.WriteString("email"u8, to);
                json.Out.WriteEndObject();
                break;
            default:
                json.Out.WriteStartArray("to"u8);
                json.Out.WriteStartObject();
                json.Out.WriteString("email"u8, to);
                json.Out.WriteEndObject();
                json.Out.WriteEndArray();
                break;
        }

        json.EmptyList("cc"u8);
        json.EmptyList("bcc"u8);
        json.Out.WriteString("subject"u8, subject);
        json.Out.WriteEndObject();
    }

    private void AttachmentLinks(ApiJson json, ObjectId id, int number, bool hasAttachments)
    {
        json.Out.WriteStartObject("attachments"u8);
        json.Out.WriteStartObject("links"u8);
        json.Out.WriteString("self"u8, $"/v1/messages/{id}/attachments");
        json.Out.WriteEndObject();
        if (hasAttachments)
        {
            json.Out.WriteStartArray("data"u8);
            foreach (var attachment in Attachments.Of(store, conversation, number))
            {
                json.Out.WriteStartObject();
                json.Out.WriteString("type"u8, "attachment"u8);
                json.Id("id"u8, attachment.Id);
                json.Out.WriteEndObject();
            }

            json.Out.WriteEndArray();
        }

        json.Out.WriteEndObject();
    }
}
