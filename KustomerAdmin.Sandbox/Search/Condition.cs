using System.Globalization;
using System.Text.Json;
using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Search;

/// <summary>Turns one operator with its value into a test of records.</summary>
internal sealed class Condition(OrganizationStore store, TimeZoneInfo zone)
{
    public Predicate<T> Compile<T>(SearchAttribute<T> attribute, string name, string operation, JsonElement value)
    {
        if (operation is "not_set")
        {
            return NotSet(attribute);
        }

        return attribute.Kind switch
        {
            AttributeKind.Number or AttributeKind.Time or AttributeKind.YesNo => Compared(attribute, name, operation, value),
            AttributeKind.List => InList(attribute, name, operation, value),
            AttributeKind.Text or AttributeKind.Words => OfText(attribute, name, operation, value),
            _ => throw Refused(name, operation),
        };
    }

    public double Number(AttributeKind kind, string name, JsonElement value) => kind switch
    {
        AttributeKind.Time when value.ValueKind == JsonValueKind.String => Time(name, value.GetString()!),
        AttributeKind.YesNo when value.ValueKind is JsonValueKind.True or JsonValueKind.False => value.GetBoolean() ? 1 : 0,
        AttributeKind.Number when value.ValueKind == JsonValueKind.Number => value.GetDouble(),
        AttributeKind.Number when double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new SearchException($"Invalid value for {name}"),
    };

    private static SearchException Refused(string name, string operation) => new($"Operator {operation} is not supported for {name}");

    private Predicate<T> NotSet<T>(SearchAttribute<T> attribute) => attribute.Kind switch
    {
        AttributeKind.List => item => attribute.List(store, item).Length == 0,
        AttributeKind.Text or AttributeKind.Words => item => string.IsNullOrEmpty(attribute.Text(store, item)),
        _ => item => double.IsNaN(attribute.Number(store, item)),
    };

    private Predicate<T> Compared<T>(SearchAttribute<T> attribute, string name, string operation, JsonElement value)
    {
        var read = attribute.Number;
        if (operation is "in")
        {
            var several = Values(name, value).Select(one => Number(attribute.Kind, name, one)).ToHashSet();
            return item => several.Contains(read(store, item));
        }

        var number = Number(attribute.Kind, name, value);
        return operation switch
        {
            "equals" => item => read(store, item).Equals(number),
            "gte" => item => read(store, item) >= number,
            "gt" => item => read(store, item) > number,
            "lte" => item => read(store, item) <= number,
            "lt" => item => read(store, item) < number,
            _ => throw Refused(name, operation),
        };
    }

    private Predicate<T> InList<T>(SearchAttribute<T> attribute, string name, string operation, JsonElement value)
    {
        string[] wanted = operation switch
        {
            "equals" or "contains" => [value.ToString()],
            "in" => [.. Values(name, value).Select(one => one.ToString())],
            _ => throw Refused(name, operation),
        };
        return item => Array.Exists(attribute.List(store, item), one => wanted.Contains(one, StringComparer.Ordinal));
    }

    private Predicate<T> OfText<T>(SearchAttribute<T> attribute, string name, string operation, JsonElement value)
    {
        switch (operation)
        {
            case "equals":
                var text = value.ToString();
                return item => string.Equals(attribute.Text(store, item), text, StringComparison.OrdinalIgnoreCase);
            case "in":
                var several = Values(name, value).Select(one => one.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
                return item => attribute.Text(store, item) is { } one && several.Contains(one);
            case "contains" when attribute.Kind == AttributeKind.Text:
                var part = value.ToString();
                return item => attribute.Text(store, item)?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
            case "contains":
                var words = Words(value.ToString());
                return item => attribute.Text(store, item) is { } subject && words.IsSubsetOf(Words(subject));
            default:
                throw Refused(name, operation);
        }
    }

    private static HashSet<string> Words(string text) =>
        text.Split([' ', ',', '.', '?', '!', '#', ':', ';', '(', ')'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<JsonElement> Values(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw new SearchException($"Operator in needs an array for {name}");

    private double Time(string name, string text)
    {
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new DateTimeOffset(day, zone.GetUtcOffset(day)).ToUnixTimeMilliseconds();
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUnixTimeMilliseconds()
            : throw new SearchException($"Invalid date for {name}");
    }
}
