using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Writing;

/// <summary>Users, teams, tags and brands.</summary>
internal static class PeopleWriter
{
    private const long SetUp = IdSpace.SetUp * 1000L;
    private const long Left = SetUp + (400 * ConversationGenerator.Day);

    public static void User(ApiJson json, OrganizationStore store, Agent user)
    {
        Start(json, "user"u8, user.Id);
        json.Out.WriteString("name"u8, user.Name);
        json.Out.WriteString("displayName"u8, user.Name);
        json.Out.WriteString("userType"u8, user.UserType);
        json.Out.WriteString("email"u8, user.Email);
        json.Out.WriteNull("mobile"u8);
        json.Out.WriteStartArray("roles"u8);
        Array.ForEach(user.Roles, json.Out.WriteStringValue);
        json.Out.WriteEndArray();
        json.EmptyList("roleGroups"u8);
        json.Time("emailVerifiedAt"u8, SetUp);
        Dates(json, user.IsDeleted);
        End(json, store, "users"u8, user.Id);
    }

    public static void Team(ApiJson json, OrganizationStore store, Team team)
    {
        Start(json, "team"u8, team.Id);
        json.Out.WriteString("name"u8, team.Name);
        json.Out.WriteString("displayName"u8, team.Name);
        json.Out.WriteString("icon"u8, team.Icon);
        json.Out.WriteStartArray("members"u8);
        foreach (var user in store.People.Users)
        {
            if (!user.IsDeleted && store.People.Teams[user.Team] == team)
            {
                json.IdValue(user.Id);
            }
        }

        json.Out.WriteEndArray();
        json.EmptyList("roleGroups"u8);
        Dates(json, isDeleted: false);
        End(json, store, "teams"u8, team.Id);
    }

    public static void Tag(ApiJson json, OrganizationStore store, Tag tag)
    {
        Start(json, "tag"u8, tag.Id);
        json.Out.WriteString("name"u8, tag.Name);
        json.Out.WriteString("color"u8, tag.Color);
        json.Out.WriteBoolean("deleted"u8, tag.IsDeleted);
        Dates(json, tag.IsDeleted);
        End(json, store, "tags"u8, tag.Id);
    }

    public static void Brand(ApiJson json, OrganizationStore store, Brand brand)
    {
        Start(json, "brand"u8, brand.Id);
        json.Out.WriteString("name"u8, brand.Name);
        json.Out.WriteString("displayName"u8, brand.Name);
        json.Out.WriteBoolean("default"u8, brand == store.People.Brands[0]);
        Dates(json, isDeleted: false);
        End(json, store, "brands"u8, brand.Id);
    }

    private static void Start(ApiJson json, ReadOnlySpan<byte> type, ObjectId id)
    {
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, type);
        json.Id("id"u8, id);
        json.Out.WriteStartObject("attributes"u8);
    }

    private static void Dates(ApiJson json, bool isDeleted)
    {
        json.Time("createdAt"u8, SetUp);
        json.Time("updatedAt"u8, isDeleted ? Left : SetUp);
        json.Time("modifiedAt"u8, isDeleted ? Left : SetUp);
        if (isDeleted)
        {
            json.Time("deletedAt"u8, Left);
        }
    }

    private static void End(ApiJson json, OrganizationStore store, ReadOnlySpan<byte> collection, ObjectId id)
    {
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
