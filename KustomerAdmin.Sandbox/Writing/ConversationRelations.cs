using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Writing;

internal static class ConversationRelations
{
    public static void Write(ApiJson json, OrganizationStore store, Conversation conversation, ObjectId id)
    {
        json.Out.WriteStartObject("relationships"u8);
        json.Relation("org"u8, "org"u8, "orgs"u8, store.Id);
        json.Relation("customer"u8, "customer"u8, "customers"u8, store.CustomerIdOf(conversation));
        json.Out.WriteStartObject("messages"u8);
        json.Out.WriteStartObject("links"u8);
        Span<byte> path = stackalloc byte[56];
        "/v1/conversations/"u8.CopyTo(path);
        id.Write(path[18..]);
        "/messages"u8.CopyTo(path[42..]);
        json.Out.WriteString("self"u8, path[..51]);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
        var agent = store.People.AgentOf(conversation).Id;
        if (!MessageThread.StartsInbound(conversation))
        {
            json.Relation("createdBy"u8, "user"u8, "users"u8, agent);
        }

        if (conversation.Messages > 1)
        {
            json.Relation("modifiedBy"u8, "user"u8, "users"u8, agent);
        }

        json.Relation("brand"u8, "brand"u8, "brands"u8, store.People.Brands[ConversationLabels.BrandOf(conversation)].Id);
        if (ConversationLabels.HasQueue(conversation))
        {
            json.Relation("queue"u8, "queue"u8, "queues"u8, store.Ids.Fixed(ResourceKind.Queue, ConversationLabels.QueueOf(conversation)));
        }

        if (ConversationLabels.HasSla(conversation))
        {
            json.Relation("sla"u8, "sla"u8, "slas"u8, store.Ids.Fixed(ResourceKind.Sla, 0));
        }

        if (conversation.Draw.Chance(Salt.Optional, 6, 9))
        {
            json.Relation("subStatus"u8, "sub_status"u8, "sub-statuses"u8, store.Ids.Fixed(ResourceKind.SubStatus, 0));
        }

        json.Out.WriteEndObject();
    }
}
