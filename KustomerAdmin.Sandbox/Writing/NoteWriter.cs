using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Dialogue;

namespace KustomerAdmin.Sandbox.Writing;

internal static class NoteWriter
{
    public static void Write(ApiJson json, OrganizationStore store, Conversation conversation, int number)
    {
        var at = MessageThread.NotedAt(conversation, number);
        var id = store.Ids.Make(ResourceKind.Note, at, conversation.Index, number);
        var author = store.People.AgentOf(conversation, 50 + number).Id;
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, "note"u8);
        json.Id("id"u8, id);
        json.Out.WriteStartObject("attributes"u8);
        json.Out.WriteString("body"u8, ConversationText.Note(conversation, number));
        json.Time("createdAt"u8, at);
        json.Time("updatedAt"u8, at);
        json.Time("modifiedAt"u8, at);
        json.Ids("createdByTeams"u8, store.People.TeamOf(conversation).Id);
        json.Out.WriteBoolean("deleted"u8, value: false);
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("relationships"u8);
        json.Relation("org"u8, "org"u8, "orgs"u8, store.Id);
        json.Relation("customer"u8, "customer"u8, "customers"u8, store.CustomerIdOf(conversation));
        json.Relation("conversation"u8, "conversation"u8, "conversations"u8, store.IdOf(conversation));
        json.Relation("createdBy"u8, "user"u8, "users"u8, author);
        json.Relation("modifiedBy"u8, "user"u8, "users"u8, author);
        json.Out.WriteStartObject("userMentions"u8);
        json.EmptyList("data"u8);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("links"u8);
        json.Self("notes"u8, id);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }
}
