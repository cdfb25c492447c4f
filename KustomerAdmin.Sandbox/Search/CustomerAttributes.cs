using KustomerAdmin.Sandbox.Data;
using Attribute = KustomerAdmin.Sandbox.Search.SearchAttribute<KustomerAdmin.Sandbox.Data.Customer>;

namespace KustomerAdmin.Sandbox.Search;

/// <summary>The customer attributes that search knows, without their prefix "customer_".</summary>
internal static class CustomerAttributes
{
    private static readonly Dictionary<string, Attribute> s_known = new(StringComparer.Ordinal)
    {
        ["any_text"] = Attribute.OfWords(static (store, item) => CustomerProfile.Name(item, store.NamedCustomers)),
        ["name"] = Attribute.OfWords(static (store, item) => CustomerProfile.Name(item, store.NamedCustomers)),
        ["email"] = Attribute.OfText(static (_, item) => CustomerProfile.Email(item)),
        ["phone"] = Attribute.OfText(static (_, item) => CustomerProfile.HasPhone(item) ? CustomerProfile.Phone(item) : null),
        ["externalId"] = Attribute.OfText(static (_, item) => CustomerProfile.HasExternalId(item) ? CustomerProfile.ExternalId(item) : null),
        ["conversations_count"] = Attribute.OfNumber(static (_, item) => item.All),
        ["open"] = Attribute.OfNumber(static (_, item) => item.Open),
        ["snoozed"] = Attribute.OfNumber(static (_, item) => item.Snoozed),
        ["done"] = Attribute.OfNumber(static (_, item) => item.Done),
        ["created_at"] = Attribute.OfTime(static (_, item) => item.CreatedAt),
        ["updated_at"] = Attribute.OfTime(static (_, item) => item.UpdatedAt),
        ["tags"] = Attribute.Unfilled(AttributeKind.List),
        ["status"] = Attribute.Unfilled(AttributeKind.List),
        ["companyId"] = Attribute.Unfilled(AttributeKind.Text),
        ["id"] = Attribute.OfText(static (store, item) => store.IdOf(item).ToString()),
        ["deleted"] = Attribute.OfYesNo(static (_, _) => false),
    };

    public static Attribute? Find(string name) => s_known.GetValueOrDefault(name);
}
