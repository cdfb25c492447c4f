using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// One page of a search, oldest <i>updated at</i> first unless said otherwise (https://developer.kustomer.com/docs/concepts/search).
/// Bounds are inclusive.
/// </summary>
public sealed record SearchQuery
{
    /// <summary>The most that Kustomer puts on a page of a search.</summary>
    public const int LargestPage = 500;

    public DateTimeOffset? UpdatedFrom { get; init; }

    public DateTimeOffset? UpdatedTo { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>Customers only: those with a conversation updated at or after this.</summary>
    public DateTimeOffset? ConversationUpdatedFrom { get; init; }

    /// <summary>Customers only: those with a conversation updated at or before this.</summary>
    public DateTimeOffset? ConversationUpdatedTo { get; init; }

    public SearchOrder Order { get; init; }

    /// <summary>Newest first.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Deleted records are found too.</summary>
    public bool IncludesDeleted { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = LargestPage;

    /// <summary>
    /// The request's body for <paramref name="context"/>, <c>conversation</c> or <c>customer</c>. Kustomer refuses keys it does not know; those here
    /// are known to the search of the archive too.
    /// </summary>
    internal ReadOnlyMemory<byte> ToJson(string context)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("queryContext", context);
        json.WriteStartArray("and");
        WriteBound(json, $"{context}_updated_at", "gte", UpdatedFrom);
        WriteBound(json, $"{context}_updated_at", "lte", UpdatedTo);
        WriteBound(json, $"{context}_created_at", "gte", CreatedFrom);
        WriteBound(json, $"{context}_created_at", "lte", CreatedTo);
        WriteBound(json, "conversation_updated_at", "gte", ConversationUpdatedFrom);
        WriteBound(json, "conversation_updated_at", "lte", ConversationUpdatedTo);
        json.WriteEndArray();
        json.WriteStartArray("sort");
        json.WriteStartObject();
        json.WriteString(Order is SearchOrder.CreatedAt ? $"{context}_created_at" : $"{context}_updated_at", IsDescending ? "desc" : "asc");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("timeZone", "GMT");
        if (IncludesDeleted)
        {
            json.WriteBoolean("includeDeleted", true);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteBound(Utf8JsonWriter json, string attribute, string bound, DateTimeOffset? moment)
    {
        if (moment is not { } value)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject(attribute);
        json.WriteString(bound, value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>One attribute only: Kustomer does not keep to a second one reliably.</summary>
public enum SearchOrder
{
    UpdatedAt,

    /// <summary>Never changes, so pages by number hold still.</summary>
    CreatedAt,
}
