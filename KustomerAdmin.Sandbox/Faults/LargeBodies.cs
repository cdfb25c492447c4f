using System.IO.Compression;

namespace KustomerAdmin.Sandbox.Faults;

internal static class LargeBodies
{
    private static readonly byte[] s_spaces = [.. Enumerable.Repeat((byte)' ', 1 << 16)];

    public static async Task BombAsync(HttpContext http, long bytes, bool isBrotli)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.ContentEncoding = isBrotli ? "br" : "gzip";
        await using Stream packed = isBrotli ? new BrotliStream(http.Response.Body, CompressionLevel.Fastest) : new GZipStream(http.Response.Body, CompressionLevel.Fastest);
        await FillAsync(packed, bytes, http.RequestAborted);
    }

    public static Task EndlessAsync(HttpContext http, long bytes)
    {
        http.Response.ContentType = "application/json";
        return FillAsync(http.Response.Body, bytes, http.RequestAborted);
    }

    private static async Task FillAsync(Stream body, long bytes, CancellationToken cancellationToken)
    {
        for (var left = bytes; left > 0; left -= s_spaces.Length)
        {
            await body.WriteAsync(s_spaces.AsMemory(0, (int)Math.Min(left, s_spaces.Length)), cancellationToken);
        }
    }
}
