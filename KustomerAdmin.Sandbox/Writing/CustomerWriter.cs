using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Dialogue;

namespace KustomerAdmin.Sandbox.Writing;

internal static class CustomerWriter
{
    public static void Write(ApiJson json, OrganizationStore store, Customer customer)
    {
        var id = store.IdOf(customer);
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, "customer"u8);
        json.Id("id"u8, id);
        json.Out.WriteStartObject("attributes"u8);
        Names(json, store, customer);
        Addresses(json, customer);
        Counts(json, customer);
        json.Time("createdAt"u8, customer.CreatedAt);
        json.Time("updatedAt"u8, customer.UpdatedAt);
        json.Time("modifiedAt"u8, customer.UpdatedAt);
        json.Time("lastActivityAt"u8, customer.UpdatedAt);
        json.EmptyList("tags"u8);
        json.EmptyList("watchers"u8);
        json.EmptyList("activeUsers"u8);
        json.Empty("sentiment"u8);
        json.Out.WriteString("progressiveStatus"u8, customer.Open > 0 ? "open"u8 : customer.Snoozed > 0 ? "snoozed"u8 : "done"u8);
        json.Out.WriteBoolean("verified"u8, customer.Draw.Chance(Salt.Profile, 60, 1));
        json.Out.WriteBoolean("deleted"u8, value: false);
        json.Out.WriteString("defaultLang"u8, "en_us"u8);
        json.Out.WriteNumber("rev"u8, 1 + (customer.All * 3));
        json.Out.WriteEndObject();
        Relations(json, store, id);
        json.Out.WriteStartObject("links"u8);
        json.Self("customers"u8, id);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }

    private static void Names(ApiJson json, OrganizationStore store, Customer customer)
    {
        var name = CustomerProfile.Name(customer, store.NamedCustomers);
        if (name is not null)
        {
            var parts = name.Split(' ', 2);
            json.Out.WriteString("name"u8, name);
            json.Out.WriteString("firstName"u8, parts[0]);
            json.Out.WriteString("lastName"u8, parts.Length > 1 ? parts[1] : "");
        }

        json.Out.WriteString("displayName"u8, string.IsNullOrEmpty(name) ? CustomerProfile.Email(customer) : name);
        json.Out.WriteString("displayColor"u8, "teal"u8);
        json.Out.WriteString("displayIcon"u8, "star"u8);
        if (customer.Draw.Chance(Salt.Company, 25))
        {
            json.Out.WriteString("companyName"u8, PersonNames.Company(customer.Draw));
        }

        if (CustomerProfile.HasExternalId(customer))
        {
            json.Out.WriteString("externalId"u8, CustomerProfile.ExternalId(customer));
        }
    }

    private static void Addresses(ApiJson json, Customer customer)
    {
        json.Out.WriteStartArray("emails"u8);
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, "home"u8);
        json.Out.WriteString("email"u8, CustomerProfile.Email(customer));
        json.Out.WriteBoolean("verified"u8, value: true);
        json.Out.WriteEndObject();
        json.Out.WriteEndArray();
        json.EmptyList("sharedEmails"u8);
        json.Out.WriteStartArray("phones"u8);
        if (CustomerProfile.HasPhone(customer))
        {
            json.Out.WriteStartObject();
            json.Out.WriteString("type"u8, "mobile"u8);
            json.Out.WriteString("phone"u8, CustomerProfile.Phone(customer));
            json.Out.WriteBoolean("verified"u8, value: false);
            json.Out.WriteEndObject();
        }

        json.Out.WriteEndArray();
        json.EmptyList("sharedPhones"u8);
        json.EmptyList("socials"u8);
        json.EmptyList("urls"u8);
        json.Out.WriteStartArray("locations"u8);
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, "home"u8);
        json.Out.WriteString("address"u8, PersonNames.City(customer.Draw));
        json.Out.WriteEndObject();
        json.Out.WriteEndArray();
        json.Out.WriteString("locale"u8, "en_US"u8);
        json.Out.WriteString("timeZone"u8, customer.Draw.Chance(Salt.City, 50, 1) ? "America/New_York"u8 : "Europe/Berlin"u8);
    }

    private static void Counts(ApiJson json, Customer customer)
    {
        json.Out.WriteStartObject("conversationCounts"u8);
        json.Out.WriteNumber("all"u8, customer.All);
        json.Out.WriteNumber("open"u8, customer.Open);
        json.Out.WriteNumber("snoozed"u8, customer.Snoozed);
        json.Out.WriteNumber("done"u8, customer.Done);
        json.Out.WriteEndObject();
        if (customer.Draw.Chance(Salt.Profile, 40, 2))
        {
            json.Out.WriteStartObject("custom"u8);
            json.Out.WriteString("loyaltyTierStr"u8, customer.Draw.Chance(Salt.Profile, 20, 3) ? "Gold"u8 : "Silver"u8);
            json.Out.WriteNumber("lifetimeValueNum"u8, customer.Draw.Skewed(Salt.Profile, 1000, 900_000, 4) / 100.0);
            json.Out.WriteEndObject();
        }
    }

    private static void Relations(ApiJson json, OrganizationStore store, ObjectId id)
    {
        json.Out.WriteStartObject("relationships"u8);
        json.Relation("org"u8, "org"u8, "orgs"u8, store.Id);
        json.Out.WriteStartObject("messages"u8);
        json.Out.WriteStartObject("links"u8);
        json.Out.WriteString("self"u8, $"/v1/customers/{id}/messages");
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }
}
