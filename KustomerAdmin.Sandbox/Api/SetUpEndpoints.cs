using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Dialogue;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>How an organisation is set up: definitions of attributes, klasses, sub-statuses, survey answers.</summary>
internal static class SetUpEndpoints
{
    private static readonly string[] s_customerFields = ["loyaltyTierStr", "lifetimeValueNum"];

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/v1/metadata/{resource}", RoleRule.Metadata, Metadata);
        routes.Get("/v1/klasses", RoleRule.Klasses, static call => ApiList.Of(call, 1, (json, _) => Klass(json, call.Store)));
        routes.Get("/v1/klasses/{name}", RoleRule.Klasses, static call => call.Route("name") is "order"
            ? ApiAnswer.One(json => Klass(json, call.Store))
            : ApiError.NotFound("klass was not found"));
        routes.Get("/v1/sub-statuses", RoleRule.SubStatuses, static call => ApiList.Of(call, 1, (json, _) => SubStatus(json, call.Store)));
        routes.Get("/v1/satisfaction-responses/{id}", RoleRule.Satisfaction, Answer);
    }

    private static ApiAnswer Metadata(ApiCall call)
    {
        var resource = call.Route("resource");
        return resource is "conversation" or "customer" or "message" or "company" or "kobject.order"
            ? ApiAnswer.One(json => Definitions(json, call.Store, resource))
            : ApiError.NotFound($"metadata {resource} was not found");
    }

    private static void Definitions(ApiJson json, OrganizationStore store, string resource)
    {
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, "metadata"u8);
        json.Out.WriteString("id"u8, resource);
        json.Out.WriteStartObject("attributes"u8);
        json.Out.WriteStartObject("properties"u8);
        if (resource is "conversation")
        {
            Array.ForEach(CustomFields.All, field => Definition(json, store, field));
        }
        else if (resource is "customer")
        {
            Definition(json, store, new CustomField(s_customerFields[0], "Loyalty tier", CustomType.Text, 0, "Silver", "Gold"));
            Definition(json, store, new CustomField(s_customerFields[1], "Lifetime value", CustomType.Number, 0));
        }

        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("relationships"u8);
        json.Relation("org"u8, "org"u8, "orgs"u8, store.Id);
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("links"u8);
        json.Out.WriteString("self"u8, "/v1/metadata/" + resource);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }

    private static void Definition(ApiJson json, OrganizationStore store, CustomField field)
    {
        json.Out.WriteStartObject(field.Name);
        json.Out.WriteString("type"u8, field.MetadataType);
        json.Out.WriteString("displayName"u8, field.DisplayName);
        if (field.Values.Length > 0)
        {
            json.Out.WriteStartArray("enumeration"u8);
            Array.ForEach(field.Values, json.Out.WriteStringValue);
            json.Out.WriteEndArray();
        }

        if (field.Type == CustomType.Reference)
        {
            json.Out.WriteString("target"u8, "kobject.order"u8);
            json.Out.WriteBoolean("multi"u8, field.Name.EndsWith("Ids", StringComparison.Ordinal));
        }

        if (field.IsDeleted)
        {
            json.Time("deletedAt"u8, (IdSpace.SetUp * 1000L) + (300 * ConversationGenerator.Day));
            json.Id("deletedBy"u8, store.People.Users[0].Id);
        }

        json.Time("updatedAt"u8, IdSpace.SetUp * 1000L);
        json.Out.WriteEndObject();
    }

    private static void Klass(ApiJson json, OrganizationStore store)
    {
        var id = store.Ids.Fixed(ResourceKind.Klass, 0);
        Named(json, store, "klass"u8, "klasses"u8, id, () =>
        {
            json.Out.WriteString("name"u8, "order"u8);
            json.Out.WriteString("displayName"u8, "Order"u8);
            json.Out.WriteString("icon"u8, "shopping-bag"u8);
            json.Out.WriteString("color"u8, "blue"u8);
            json.Out.WriteString("status"u8, "enabled"u8);
        });
    }

    private static void SubStatus(ApiJson json, OrganizationStore store) =>
        Named(json, store, "sub_status"u8, "sub-statuses"u8, store.Ids.Fixed(ResourceKind.SubStatus, 0), () =>
        {
            json.Out.WriteString("label"u8, "Waiting for carrier"u8);
            json.Out.WriteString("description"u8, "The carrier has been asked"u8);
            json.Out.WriteString("parentStatus"u8, "open"u8);
        });

    private static ApiAnswer Answer(ApiCall call)
    {
        var text = call.Route("id");
        var conversation = ObjectId.TryParse(text, out var id) && call.Store.Ids.IsOf(ResourceKind.SatisfactionResponse, id) ? call.Store.FindByPosition(id.Index) : null;
        return conversation is null || !ConversationLabels.IsRated(conversation)
            ? call.Missing("satisfaction response", text)
            : ApiAnswer.One(json => Named(json, call.Store, "satisfaction_response"u8, "satisfaction-responses"u8, id, () =>
            {
                json.Out.WriteNumber("rating"u8, ConversationLabels.Rating(conversation));
                json.Out.WriteNumber("score"u8, ConversationLabels.Rating(conversation) > 3 ? 1 : 0);
                json.Out.WriteString("firstAnswer"u8, ConversationText.Answer(conversation));
                json.EmptyList("answers"u8);
            }));
    }

    private static void Named(ApiJson json, OrganizationStore store, ReadOnlySpan<byte> type, ReadOnlySpan<byte> collection, ObjectId id, Action attributes)
    {
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, type);
        json.Id("id"u8, id);
        json.Out.WriteStartObject("attributes"u8);
        attributes();
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("relationships"u8);
        json.Relation("org"u8, "org"u8, "orgs"u8, store.Id);
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("links"u8);
        json.Self(collection, id);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }
}
