using System.Text.Json;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>Kustomer's search over the model: what a request may say, and what comes back. Whatever Kustomer would refuse is refused.</summary>
internal static class ModelSearch
{
    private const int MostPages = 100;
    private static readonly string[] s_keys = ["queryContext", "and", "or", "not", "sort", "timeZone", "includeDeleted"];

    /// <returns>Null for a request that Kustomer refuses.</returns>
    public static ModelAnswer? Answer(ModelWorld world, WorldSettings settings, DateTimeOffset now, JsonElement query, bool isArchive, int page, int pageSize, bool isIdsOnly)
    {
        if (page is < 1 or > MostPages || pageSize is < 1 or > 500 || query.EnumerateObject().Any(key => !s_keys.Contains(key.Name)))
        {
            return null;
        }

        var size = Math.Min(pageSize, settings.PageSize);
        var includesDeleted = query.TryGetProperty("includeDeleted", out var deleted) && deleted.GetBoolean();
        var found = world.Records.Select(record => new Found(record, record.Indexed(now)!))
            .Where(found => found.Version is not null && (includesDeleted || !found.Version.IsDeleted) && found.Version.UpdatedAt < now.AddYears(-2) == isArchive);
        return query.GetProperty("queryContext").GetString() switch
        {
            "conversation" => Page(Sorted(found.Where(Test<Found>(query, Value)), query, Value, static item => item.Record.Id), page, size, (json, item) => ModelJson.Write(json, item.Record, item.Version, isIdsOnly)),
            "customer" => Page(Customers(world, found, query), page, size, (json, customer) => ModelJson.Write(json, world, customer)),
            _ => null,
        };
    }

    private static List<int> Customers(ModelWorld world, IEnumerable<Found> found, JsonElement query)
    {
        var conversations = found.Where(Test<Found>(query, Value, "conversation_")).Select(item => item.Version.Customer).ToHashSet();
        return Sorted(Enumerable.Range(0, world.Customers).Where(conversations.Contains).Where(Test<int>(query, (customer, name) => Value(world, customer, name), "customer_")),
            query, (customer, name) => Value(world, customer, name), static customer => ModelWorld.CustomerId(customer));
    }

    private static ModelAnswer Page<T>(IReadOnlyList<T> all, int page, int size, Action<Utf8JsonWriter, T> write) =>
        new(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("meta");
            json.WriteNumber("page", page);
            json.WriteNumber("pageSize", size);
            json.WriteNumber("total", all.Count);
            json.WriteNumber("totalPages", (all.Count + size - 1) / size);
            json.WriteEndObject();
            json.WriteStartObject("links");
            json.WriteString("next", page * size < all.Count ? $"/v1/customers/search?page={page + 1}&pageSize={size}" : null);
            json.WriteEndObject();
            json.WriteStartArray("data");
            foreach (var item in all.Skip((page - 1) * size).Take(size))
            {
                write(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static Func<T, bool> Test<T>(JsonElement query, Func<T, string, IComparable> value, string prefix = "")
    {
        List<Func<T, bool>> tests = [];
        foreach (var criterion in query.TryGetProperty("and", out var and) ? and.EnumerateArray().SelectMany(static one => one.EnumerateObject()) : [])
        {
            if (!criterion.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var condition in criterion.Value.EnumerateObject())
            {
                var (name, operation) = (criterion.Name, condition.Name);
                var wanted = operation is "in" ? condition.Value.EnumerateArray().Select(Read).ToList() : [Read(condition.Value)];
                tests.Add(item => Compare(value(item, name), operation, wanted));
            }
        }

        return item => tests.TrueForAll(test => test(item));
    }

    private static bool Compare(IComparable value, string operation, List<IComparable> wanted) => operation switch
    {
        "gte" => value.CompareTo(wanted[0]) >= 0,
        "gt" => value.CompareTo(wanted[0]) > 0,
        "lte" => value.CompareTo(wanted[0]) <= 0,
        "lt" => value.CompareTo(wanted[0]) < 0,
        "equals" or "in" => wanted.Exists(one => value.CompareTo(one) == 0),
        _ => throw new SimulationException($"The model does not know the operator {operation}."),
    };

    private static List<T> Sorted<T>(IEnumerable<T> items, JsonElement query, Func<T, string, IComparable> value, Func<T, string> id)
    {
        IOrderedEnumerable<T>? sorted = null;
        foreach (var by in query.TryGetProperty("sort", out var sort) ? sort.EnumerateArray().SelectMany(static one => one.EnumerateObject()) : [])
        {
            var isDescending = by.Value.GetString() is "desc";
            sorted = (sorted, isDescending) switch
            {
                (null, false) => items.OrderBy(item => value(item, by.Name)),
                (null, true) => items.OrderByDescending(item => value(item, by.Name)),
                (_, false) => sorted.ThenBy(item => value(item, by.Name)),
                (_, true) => sorted.ThenByDescending(item => value(item, by.Name)),
            };
        }

        // Among equals the order is Kustomer's own, and nobody's business.
        return [.. (sorted ?? items.OrderBy(static _ => 0)).ThenByDescending(id, StringComparer.Ordinal)];
    }

    private static IComparable Value(Found item, string name) => name switch
    {
        "conversation_updated_at" => item.Version.UpdatedAt,
        "conversation_created_at" => item.Record.CreatedAt,
        "conversation_id" => item.Record.Id,
        "conversation_customer_id" => ModelWorld.CustomerId(item.Version.Customer),
        _ => throw new SimulationException($"The model does not know the attribute {name}."),
    };

    private static IComparable Value(ModelWorld world, int customer, string name) => name switch
    {
        "customer_created_at" => ModelWorld.CustomerCreatedAt(customer),
        "customer_updated_at" => world.CustomerChangedAt(customer),
        "customer_id" => ModelWorld.CustomerId(customer),
        _ => throw new SimulationException($"The model does not know the attribute {name}."),
    };

    private static IComparable Read(JsonElement value) =>
        value.TryGetDateTimeOffset(out var moment) ? moment : value.GetString() ?? "";

    private sealed record Found(ModelRecord Record, ModelVersion Version);
}

/// <summary>What a request is answered with.</summary>
internal sealed record ModelAnswer(Action<Utf8JsonWriter> Write);
