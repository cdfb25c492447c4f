using System.Text.Json;

namespace KustomerAdmin.Sandbox.Search;

internal sealed record Criterion(string Object, string Name, string Operator, JsonElement Value)
{
    public string FullName => Object + "_" + Name;
}

/// <summary>The body of a search, checked for form (developer portal, concepts/search). Live only as long as the body is.</summary>
internal sealed record SearchQuery
{
    private const int MostCriteria = 20;
    private const int MostSorts = 5;

    private static readonly string[] s_keys = ["queryContext", "and", "or", "not", "sort", "timeZone", "includeDeleted", "fields", "aggs", "searchHash"];
    private static readonly string[] s_archiveKeys = ["queryContext", "and", "or", "not", "sort", "timeZone", "includeDeleted"];
    private static readonly string[] s_objects = ["conversation", "customer", "message", "note", "company", "kobject"];

    public required string Context { get; init; }

    public required List<Criterion> And { get; init; }

    public required List<Criterion> Or { get; init; }

    public required List<Criterion> Not { get; init; }

    public required List<(string Object, string Name, bool IsDescending)> Sort { get; init; }

    public required bool IncludesDeleted { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Equal for equal questions.</summary>
    public required string Text { get; init; }

    public static SearchQuery Read(JsonElement body, bool isArchive)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new SearchException("The body must be an object");
        }

        var allowed = isArchive ? s_archiveKeys : s_keys;
        foreach (var property in body.EnumerateObject())
        {
            if (!allowed.Contains(property.Name, StringComparer.Ordinal))
            {
                throw new SearchException($"Unknown property {property.Name}");
            }
        }

        if (!body.TryGetProperty("queryContext", out var context) || context.ValueKind != JsonValueKind.String
            || !s_objects.Contains(context.GetString()!.Split('_')[0], StringComparer.Ordinal))
        {
            throw new SearchException("queryContext must be one of customer, conversation, message, note, company, kobject");
        }

        return new SearchQuery
        {
            Context = context.GetString()!,
            And = Criteria(body, "and"),
            Or = Criteria(body, "or"),
            Not = Criteria(body, "not"),
            Sort = [.. Items(body, "sort", MostSorts).SelectMany(item => item.EnumerateObject()).Select(SortBy)],
            IncludesDeleted = body.TryGetProperty("includeDeleted", out var deleted) && deleted.ValueKind == JsonValueKind.True,
            Zone = ReadZone(body),
            Text = (isArchive ? "archive " : "") + body.GetRawText(),
        };
    }

    private static List<Criterion> Criteria(JsonElement body, string key)
    {
        var all = new List<Criterion>();
        foreach (var attribute in Items(body, key, MostCriteria).SelectMany(item => item.EnumerateObject()))
        {
            var (kind, name) = Split(attribute.Name);
            if (attribute.Value.ValueKind != JsonValueKind.Object)
            {
                throw new SearchException($"{attribute.Name} needs an operator");
            }

            all.AddRange(attribute.Value.EnumerateObject().Select(operation => new Criterion(kind, name, operation.Name, operation.Value)));
        }

        return all;
    }

    private static List<JsonElement> Items(JsonElement body, string key, int most)
    {
        if (!body.TryGetProperty(key, out var value))
        {
            return [];
        }

        List<JsonElement> items = value.ValueKind switch
        {
            JsonValueKind.Object => [value],
            JsonValueKind.Array => [.. value.EnumerateArray()],
            _ => throw new SearchException($"{key} must be an object or an array"),
        };
        if (items.Count > most || items.Exists(item => item.ValueKind != JsonValueKind.Object))
        {
            throw new SearchException($"{key} takes up to {most} objects");
        }

        return items.Select(item => item.GetRawText()).Distinct(StringComparer.Ordinal).Count() == items.Count
            ? items
            : throw new SearchException($"{key} must not repeat an item");
    }

    private static (string Object, string Name, bool IsDescending) SortBy(JsonProperty sort)
    {
        var (kind, name) = Split(sort.Name);
        return sort.Value.ToString() switch
        {
            "asc" => (kind, name, false),
            "desc" => (kind, name, true),
            _ => throw new SearchException($"{sort.Name} must be sorted asc or desc"),
        };
    }

    private static (string Object, string Name) Split(string attribute)
    {
        var underscore = attribute.IndexOf('_', StringComparison.Ordinal);
        return underscore > 0 && s_objects.Contains(attribute[..underscore], StringComparer.Ordinal)
            ? (attribute[..underscore], attribute[(underscore + 1)..])
            : throw new SearchException($"Unknown attribute {attribute}");
    }

    private static TimeZoneInfo ReadZone(JsonElement body)
    {
        if (!body.TryGetProperty("timeZone", out var zone) || zone.ToString() is "GMT" or "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone.ToString(), out var found) ? found : throw new SearchException("Unknown timeZone");
    }
}
