using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// A whole answer as JSON. Its memory is lent: who is done with it disposes it, who keeps parts of it does not. Large pages come one after the
/// other, and the runtime's pool would keep arrays of their size for every thread that ever read one. So a list is read record by record, too:
/// one document over a page of 500 takes megabytes in a piece.
/// </summary>
internal sealed class KustomerAnswer : IDisposable
{
    /// <summary>Name of the list of records.</summary>
    public const string Data = "data";

    private const int MostSpare = 2;
    private const int FirstSize = 64 * 1024;

    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = 64, AllowDuplicateProperties = true };
    private static readonly ConcurrentQueue<byte[]> s_spare = new();

    private readonly JsonDocument _document;
    private readonly List<ReadOnlyMemory<byte>>? _records;
    private byte[]? _memory;

    private KustomerAnswer(JsonDocument document, List<ReadOnlyMemory<byte>>? records, byte[] memory) => (_document, _records, _memory) = (document, records, memory);

    /// <summary>The answer; of a list all but its records.</summary>
    public JsonElement RootElement => _document.RootElement;

    /// <param name="content">Read no further than <paramref name="most"/> bytes, decompressed.</param>
    /// <param name="isList">Its records are wanted one by one.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="HttpRequestException">It is larger, or was cut.</exception>
    public static async Task<KustomerAnswer> ReadAsync(HttpContent content, int most, bool isList, CancellationToken cancellationToken)
    {
        var memory = s_spare.TryDequeue(out var spare) ? spare : new byte[FirstSize];
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellationToken);
            var length = 0;
            while (await body.ReadAsync(memory.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
                if (length > most)
                {
                    throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "The answer is larger than the console accepts.");
                }

                if (length == memory.Length)
                {
                    Array.Resize(ref memory, Math.Min(memory.Length * 2, most + 1));
                }
            }

            // A mark of the byte order is no part of JSON (RFC 8259, section 8.1), and ignored as it recommends.
            var start = memory.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;
            return Parse(memory, memory.AsMemory(start, length - start), isList);
        }
        catch
        {
            Return(memory);
            throw;
        }
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static KustomerAnswer Parse(byte[] json, bool isList) => Parse(json, json, isList);

    /// <summary>
    /// The records of a list, each valid until the next is asked for. Asked for one record by its id, Kustomer answers with the record instead of a list of it.
    /// </summary>
    public IEnumerable<JsonElement> Records(string list = Data)
    {
        if (_records is null || list is not Data)
        {
            return RootElement.Member(list) is { ValueKind: JsonValueKind.Object } one ? [one] : RootElement.Items(list);
        }

        return OneByOne(_records);
    }

    public void Dispose()
    {
        _document.Dispose();
        if (Interlocked.Exchange(ref _memory, null) is { } memory)
        {
            Return(memory);
        }
    }

    private static KustomerAnswer Parse(byte[] memory, ReadOnlyMemory<byte> json, bool isList)
    {
        if (!isList)
        {
            return new KustomerAnswer(JsonDocument.Parse(json, s_json), null, memory);
        }

        var rest = new ArrayBufferWriter<byte>();
        var records = TakeOut(json, rest);
        return new KustomerAnswer(JsonDocument.Parse(rest.WrittenMemory, s_json), records, memory);
    }

    /// <returns>Where the records stand; the answer without them is written to <paramref name="rest"/>.</returns>
    private static List<ReadOnlyMemory<byte>> TakeOut(ReadOnlyMemory<byte> json, ArrayBufferWriter<byte> rest)
    {
        List<ReadOnlyMemory<byte>> records = [];
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = s_json.MaxDepth });
        var written = 0;
        while (reader.Read())
        {
            if (reader is not { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } || !reader.ValueTextEquals(Data))
            {
                continue;
            }

            // The last of one name counts, as everywhere.
            records.Clear();
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartArray)
            {
                continue;
            }

            rest.Write(json.Span[written..(int)reader.BytesConsumed]);
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                records.Add(json[start..(int)reader.BytesConsumed]);
            }

            written = (int)reader.TokenStartIndex;
        }

        rest.Write(json.Span[written..]);
        return records;
    }

    private static IEnumerable<JsonElement> OneByOne(List<ReadOnlyMemory<byte>> records)
    {
        foreach (var record in records)
        {
            using var document = JsonDocument.Parse(record, s_json);
            yield return document.RootElement;
        }
    }

    private static void Return(byte[] memory)
    {
        if (s_spare.Count < MostSpare)
        {
            s_spare.Enqueue(memory);
        }
    }
}
