using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Writing;

/// <summary>What happened to a conversation: created, then changed a few times.</summary>
internal static class EventWriter
{
    private static readonly string[] s_fields = ["status", "assignedUsers", "tags", "priority"];

    public static int Count(Conversation conversation) => 2 + conversation.Draw.Below(Salt.Event, 5) + conversation.Changes;

    public static void Write(ApiJson json, OrganizationStore store, Conversation conversation, int number)
    {
        var at = conversation.CreatedAt + ((conversation.UpdatedAt - conversation.CreatedAt) / Count(conversation) * number);
        var id = store.Ids.Make(ResourceKind.Event, at, conversation.Index, number);
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, "customer_event"u8);
        json.Id("id"u8, id);
        json.Out.WriteStartObject("attributes"u8);
        json.Out.WriteString("name"u8, number == 0 ? "kustomer.conversation.create"u8 : "kustomer.conversation.update"u8);
        json.Out.WriteString("type"u8, "conversation"u8);
        json.Time("publishedAt"u8, at);
        json.Time("createdAt"u8, at);
        json.Time("updatedAt"u8, at);
        json.Time("modifiedAt"u8, at);
        Changes(json, number);
        json.Out.WriteNull("meta"u8);
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("relationships"u8);
        json.Relation("org"u8, "org"u8, "orgs"u8, store.Id);
        json.Relation("customer"u8, "customer"u8, "customers"u8, store.CustomerIdOf(conversation));
        json.Relation("conversation"u8, "conversation"u8, "conversations"u8, store.IdOf(conversation));
        json.Relation("createdBy"u8, "user"u8, "users"u8, store.People.AgentOf(conversation, number + 1).Id);
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("links"u8);
        json.Self("events"u8, id);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }

    private static void Changes(ApiJson json, int number)
    {
        json.Out.WriteStartObject("changes"u8);
        json.Out.WriteStartObject("attributes"u8);
        if (number > 0)
        {
            json.Out.WriteStartObject(s_fields[number % s_fields.Length]);
            json.Out.WriteString("op"u8, "replace"u8);
            json.Out.WriteString("before"u8, number % 4 == 0 ? "open"u8 : "2"u8);
            json.Out.WriteString("after"u8, number % 4 == 0 ? "done"u8 : "3"u8);
            json.Out.WriteEndObject();
        }

        json.Out.WriteEndObject();
        json.Empty("relationships"u8);
        json.Out.WriteEndObject();
    }
}
