using System.Collections.Concurrent;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// A whole answer as JSON. Its memory is lent: who is done with it disposes it, who keeps parts of it does not. Large pages come one after the
/// other, and the runtime's pool would keep arrays of their size for every thread that ever read one.
/// </summary>
internal sealed class KustomerAnswer : IDisposable
{
    private const int MostSpare = 2;
    private const int FirstSize = 64 * 1024;

    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = 64, AllowDuplicateProperties = true };
    private static readonly ConcurrentQueue<byte[]> s_spare = new();

    private readonly JsonDocument _document;
    private byte[]? _memory;

    private KustomerAnswer(JsonDocument document, byte[] memory) => (_document, _memory) = (document, memory);

    public JsonElement RootElement => _document.RootElement;

    /// <param name="content">Read no further than <paramref name="most"/> bytes, decompressed.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="HttpRequestException">It is larger, or was cut.</exception>
    public static async Task<KustomerAnswer> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
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
            return new KustomerAnswer(JsonDocument.Parse(memory.AsMemory(start, length - start), s_json), memory);
        }
        catch
        {
            Return(memory);
            throw;
        }
    }

    public void Dispose()
    {
        _document.Dispose();
        if (Interlocked.Exchange(ref _memory, null) is { } memory)
        {
            Return(memory);
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
