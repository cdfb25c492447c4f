using System.Text;
using System.Text.Encodings.Web;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tickets.Attachments;

/// <summary>
/// The documents that frames of attachments hold. An image stands as data in a page of ours, which fits it into the frame; it is written while it
/// is read.
/// </summary>
internal static class PreviewFrame
{
    /// <summary>Nothing runs and nothing is loaded; the image is part of the document.</summary>
    public const string Policy = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private const string Head = """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Attachment</title>
        <style>html,body{height:100%;margin:0}body{display:grid;place-items:center;font:14px/1.45 system-ui,sans-serif}img{max-width:100%;max-height:100%}p{max-width:32rem;padding:1rem;margin:0;overflow-wrap:anywhere}</style></head><body>
        """;

    private const string Foot = "</body></html>";

    public static string Sentence(AttachmentException exception)
    {
        var address = exception.Address is { } outside ? $" It is at {outside.AbsoluteUri}" : "";
        return $"{Head}<p>{HtmlEncoder.Default.Encode(exception.Message + address)}</p>{Foot}";
    }

    public static async Task WriteImageAsync(HttpContext context, OpenedAttachment opened, string mediaType)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync($"{Head}<img alt=\"{HtmlEncoder.Default.Encode(opened.Name)}\" src=\"data:{mediaType};base64,", context.RequestAborted);
        var text = new Base64Stream(context.Response.Body);
        await using (text)
        {
            await opened.Bytes.CopyToAsync(text, context.RequestAborted);
            await text.EndAsync(context.RequestAborted);
        }

        await context.Response.WriteAsync($"\">{Foot}", context.RequestAborted);
    }

    /// <summary>Writes what it is given as Base64. Three bytes become four letters, so up to two wait for the next block.</summary>
    private sealed class Base64Stream(Stream target) : Stream
    {
        private readonly byte[] _waiting = new byte[3];
        private int _count;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var block = new byte[_count + buffer.Length];
            _waiting.AsSpan(0, _count).CopyTo(block);
            buffer.CopyTo(block.AsMemory(_count));
            var whole = block.Length - (block.Length % 3);
            block.AsSpan(whole).CopyTo(_waiting);
            _count = block.Length - whole;
            await target.WriteAsync(Encode(block.AsSpan(0, whole)), cancellationToken);
        }

        public ValueTask EndAsync(CancellationToken cancellationToken) => target.WriteAsync(Encode(_waiting.AsSpan(0, _count)), cancellationToken);

        public override void Flush() => target.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static ReadOnlyMemory<byte> Encode(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));
    }
}
