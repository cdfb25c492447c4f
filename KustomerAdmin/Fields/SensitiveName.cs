using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Fields;

/// <summary>
/// Whether a field's name looks as if it held something about a person that is better not kept. It judges words, not letters: <c>emailStr</c> does, <c>emailCampaignNum</c> does not.
/// It only proposes; an admin decides.
/// </summary>
internal static class SensitiveName
{
    /// <summary>Endings that tell a custom attribute's type (https://developer.kustomer.com/docs/concepts/custom-attributes).</summary>
    private static readonly HashSet<string> s_types = new(["str", "txt", "num", "bool", "at", "url", "id", "ids", "tree"], StringComparer.Ordinal);

    private static readonly HashSet<string> s_births = new(["birth", "birthday", "birthdate", "born", "dob", "dateofbirth"], StringComparer.Ordinal);

    /// <summary>What can be written as a number.</summary>
    private static readonly HashSet<string> s_numbers = new(
        [.. s_births, "phone", "telephone", "cellphone", "mobile", "fax", "phonenumber", "card", "creditcard", "cardnumber", "cvv", "cvc", "pin", "ssn", "passport", "postcode", "zip", "zipcode", "accountnumber"],
        StringComparer.Ordinal);

    private static readonly HashSet<string> s_texts = new(
        [
            .. s_numbers, "email", "mail", "emailaddress", "tel", "iban", "bic", "address", "street", "password", "passwd", "pwd", "passcode", "passphrase", "secret", "token", "apikey",
            "credential", "surname", "firstname", "lastname", "fullname", "maidenname",
        ],
        StringComparer.Ordinal);

    /// <summary>Two words that say together what neither says alone.</summary>
    private static readonly HashSet<(string, string)> s_pairs =
    [
        ("social", "security"), ("bank", "account"), ("account", "number"), ("tax", "id"), ("tax", "number"), ("national", "id"), ("postal", "code"), ("api", "key"), ("driver", "license"), ("driver", "licence"),
        ("first", "name"), ("last", "name"), ("full", "name"), ("maiden", "name"), ("family", "name"),
    ];

    /// <summary>Last words that make it something else: an e-mail's campaign, a card's type.</summary>
    private static readonly HashSet<string> s_harmless = new(
        [
            "app", "brand", "browser", "campaign", "carrier", "category", "change", "channel", "click", "consent", "count", "device", "format", "kind", "language", "level", "manufacturer", "method", "model", "opt", "os",
            "platform", "policy", "preference", "provider", "reason", "sent", "status", "template", "tier", "total", "type", "usage", "validity", "verified", "version",
        ],
        StringComparer.Ordinal);

    public static bool Looks(string key, string displayName, MetadataType type)
    {
        var names = type switch
        {
            MetadataType.Boolean => null,
            MetadataType.Date => s_births,
            MetadataType.Number => s_numbers,
            MetadataType.Text => s_texts,
        };
        return names is not null && (Looks(WordsOf(key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..]), names) || Looks(WordsOf(displayName), names));
    }

    private static bool Looks(List<string> named, HashSet<string> names) =>
        WithoutType(named) is { Count: > 0 } words && !s_harmless.Contains(words[^1])
        && (words.Exists(names.Contains) || (ReferenceEquals(names, s_texts) && words.Zip(words.Skip(1)).Any(s_pairs.Contains)));

    private static List<string> WithoutType(List<string> words)
    {
        while (words.Count > 1 && s_types.Contains(words[^1]) && !s_pairs.Contains((words[^2], words[^1])))
        {
            words = words[..^1];
        }

        return words;
    }

    /// <summary>Small letters, one of many; <c>e-mail</c> is one word however it is written.</summary>
    private static List<string> WordsOf(string name)
    {
        List<string> words = [];
        for (var start = 0; start < name.Length;)
        {
            var end = start + 1;
            if (char.IsLetter(name[start]))
            {
                while (end < name.Length && char.IsLetter(name[end]) && !Begins(name, end))
                {
                    end++;
                }

                words.Add(One(name[start..end].ToLowerInvariant()));
            }

            start = end;
        }

        if (words.IndexOf("e") is >= 0 and var place && place + 1 < words.Count && words[place + 1] is "mail")
        {
            words.RemoveAt(place);
            words[place] = "email";
        }

        return words;
    }

    /// <summary>A capital after a small letter, or the last of several that small ones follow: <c>customerSSN|Str</c>.</summary>
    private static bool Begins(string name, int place) =>
        char.IsUpper(name[place]) && (!char.IsUpper(name[place - 1]) || (place + 1 < name.Length && char.IsLower(name[place + 1])));

    private static string One(string word) =>
        word.EndsWith("sses", StringComparison.Ordinal) ? word[..^2]
        : word.Length > 3 && word[^1] is 's' && word[^2] is not ('s' or 'u') ? word[..^1]
        : word;
}
