using System.IO.Compression;
using System.Text;

namespace KustomerAdmin.Sandbox.Faults;

/// <summary>Faults that spoil the body of a right answer.</summary>
internal static class FaultBodies
{
    public static async Task SendAsync(HttpContext http, SandboxFault fault, ReadOnlyMemory<byte> body, TimeProvider clock)
    {
        var cancellationToken = http.RequestAborted;
        switch (fault.Kind)
        {
            case FaultKind.SlowBody:
                await DripAsync(http, fault, body);
                break;
            case FaultKind.CutBody:
                http.Response.ContentLength = body.Length;
                await http.Response.Body.WriteAsync(body[..(body.Length / 2)], cancellationToken);
                await http.Response.Body.FlushAsync(cancellationToken);
                http.Abort();
                cancellationToken.ThrowIfCancellationRequested();
                break;
            case FaultKind.CutChunk:
                await http.Response.Body.WriteAsync(body[..(body.Length / 2)], cancellationToken);
                await http.Response.Body.FlushAsync(cancellationToken);
                http.Abort();
                cancellationToken.ThrowIfCancellationRequested();
                break;
            case FaultKind.PackedTwice:
                http.Response.Headers.ContentEncoding = "gzip, gzip";
                await http.Response.Body.WriteAsync(Pack(Pack(body.Span)), cancellationToken);
                break;
            default:
                var spoilt = Spoil(fault, body, clock);
                http.Response.ContentLength = spoilt.Length;
                await http.Response.Body.WriteAsync(spoilt, cancellationToken);
                break;
        }
    }

    private static ReadOnlyMemory<byte> Spoil(SandboxFault fault, ReadOnlyMemory<byte> body, TimeProvider clock) => fault.Kind switch
    {
        FaultKind.TruncatedJson => body[..(body.Length / 2)],
        FaultKind.ByteOrderMark => (byte[])[0xEF, 0xBB, 0xBF, .. body.Span],
        FaultKind.MalformedJson => (byte[])[.. body.Span[..^1], .. ",\"x\":NaN,}"u8],
        FaultKind.Utf16 => Encoding.Unicode.GetBytes("\uFEFF" + Encoding.UTF8.GetString(body.Span)),
        FaultKind.BadRecords => BadRecords.Insert(body.Span, fault.Record),
        FaultKind.DuplicateRecord => BadRecords.Double(body),
        FaultKind.SpoiltRecord => SpoiltRecord.Put(body, fault.Spoil, clock.GetUtcNow()),
        FaultKind.NextLink => SpoiltRecord.LinkNext(body, fault.Location),
        _ => body,
    };

    private static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static async Task DripAsync(HttpContext http, SandboxFault fault, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentLength = body.Length;
        for (var position = 0; position < body.Length; position++)
        {
            await http.Response.Body.WriteAsync(body.Slice(position, 1), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(fault.IntervalMilliseconds, http.RequestAborted);
        }
    }
}
