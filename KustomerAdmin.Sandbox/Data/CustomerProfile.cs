using System.Globalization;
using KustomerAdmin.Sandbox.Dialogue;

namespace KustomerAdmin.Sandbox.Data;

/// <summary>Name and addresses of a customer, drawn on demand.</summary>
internal static class CustomerProfile
{
    /// <summary>Null for a customer who never told it.</summary>
    public static string? Name(Customer customer, int customers)
    {
        var awkward = customer.Index - (customers / 2);
        if (awkward is >= 0 and < AwkwardTexts.Names)
        {
            return AwkwardTexts.Name(awkward);
        }

        return customer.Index % 61 == 33 ? null : PersonNames.First(customer.Draw) + " " + PersonNames.Last(customer.Draw);
    }

    public static string Email(Customer customer)
    {
        var local = (PersonNames.First(customer.Draw) + "." + PersonNames.Last(customer.Draw)).Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{local}.{customer.Index}@mail.example");
    }

    public static bool HasPhone(Customer customer) => customer.Draw.Chance(Salt.Phone, 55);

    public static string Phone(Customer customer) =>
        string.Create(CultureInfo.InvariantCulture, $"+1555{customer.Index:D7}");

    public static bool HasExternalId(Customer customer) => customer.Draw.Chance(Salt.Profile, 70);

    public static string ExternalId(Customer customer) => string.Create(CultureInfo.InvariantCulture, $"shop-{100_000 + customer.Index}");

    /// <summary>Position told by an external id, or -1.</summary>
    public static int IndexOfExternalId(string externalId) =>
        externalId.StartsWith("shop-", StringComparison.Ordinal) && int.TryParse(externalId.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 100_000 : -1;

    public static int IndexOfPhone(string phone) =>
        phone.StartsWith("+1555", StringComparison.Ordinal) && int.TryParse(phone.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    public static int IndexOfEmail(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        var dot = at < 0 ? -1 : email.LastIndexOf('.', at);
        return dot >= 0 && int.TryParse(email.AsSpan(dot + 1, at - dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }
}
