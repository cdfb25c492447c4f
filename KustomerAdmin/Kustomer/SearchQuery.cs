using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// One page of a search, oldest <i>updated at</i> first (https://developer.kustomer.com/docs/concepts/search).
/// </summary>
public sealed record SearchQuery
{
    /// <summary>The most that Kustomer puts on a page of a search.</summary>
    public const int LargestPage = 500;

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? UpdatedFrom { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? UpdatedTo { get; init; }

    /// <summary>Customers only: those with a conversation updated at or after this.</summary>
    public DateTimeOffset? ConversationUpdatedFrom { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = LargestPage;

    /// <summary>The request's body for <paramref name="context"/>, <c>conversation</c> or <c>customer</c>.</summary>
    internal ReadOnlyMemory<byte> ToJson(string context)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("queryContext", context);
        json.WriteStartArray("and");
        WriteBound(json, $"{context}_updated_at", "gte", UpdatedFrom);
        WriteBound(json, $"{context}_updated_at", "lte", UpdatedTo);
        WriteBound(json, "conversation_updated_at", "gte", ConversationUpdatedFrom);
        json.WriteEndArray();
        json.WriteStartArray("sort");
        json.WriteStartObject();
        json.WriteString($"{context}_updated_at", "asc");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("timeZone", "GMT");
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
