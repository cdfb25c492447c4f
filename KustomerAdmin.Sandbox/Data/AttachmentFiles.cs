using System.Text;

namespace KustomerAdmin.Sandbox.Data;

/// <summary>The bytes behind attachments.</summary>
internal static class AttachmentFiles
{
    private const long LargeLength = 30L * 1024 * 1024;

    private static readonly byte[] s_image = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC");

    private static readonly byte[] s_archive = [(byte)'P', (byte)'K', 5, 6, .. new byte[18]];

    public static long Length(Attachment attachment) =>
        attachment.Sample.Content == AttachmentContent.Large ? LargeLength : Bytes(attachment).Length;

    public static async Task WriteAsync(Attachment attachment, Stream body, CancellationToken cancellationToken)
    {
        if (attachment.Sample.Content != AttachmentContent.Large)
        {
            await body.WriteAsync(Bytes(attachment), cancellationToken);
            return;
        }

        var block = new byte[1 << 16];
        for (var left = LargeLength; left > 0; left -= block.Length)
        {
            await body.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)), cancellationToken);
        }
    }

    private static byte[] Bytes(Attachment attachment) => attachment.Sample.Content switch
    {
        AttachmentContent.Image => s_image,
        AttachmentContent.Document => Document(attachment),
        AttachmentContent.Archive => s_archive,
        AttachmentContent.Nothing => [],
        AttachmentContent.Table => Encoding.UTF8.GetBytes($"order,amount,remark\n4417,89.00,filetext-{attachment.Id}\n4418,12.50,=1+1\n"),
        AttachmentContent.Page => Encoding.UTF8.GetBytes($"<html><body onload=\"alert(1)\"><script>alert(2)</script>filetext-{attachment.Id}</body></html>"),
        _ => Encoding.UTF8.GetBytes($"Thank you for your order.\nReceipt filetext-{attachment.Id}\n"),
    };

    private static byte[] Document(Attachment attachment)
    {
        var text = $"BT /F1 18 Tf 40 150 Td (Invoice filetext-{attachment.Id}) Tj ET";
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 560 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            FormattableString.Invariant($"<</Length {text.Length}>>stream\n{text}\nendstream"),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder();
        for (var number = 0; number < objects.Length; number++)
        {
            table.Append(FormattableString.Invariant($"{file.Length:D10} 00000 n \n"));
            file.Append(FormattableString.Invariant($"{number + 1} 0 obj{objects[number]}endobj\n"));
        }

        var start = file.Length;
        file.Append(FormattableString.Invariant($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n")).Append(table);
        file.Append(FormattableString.Invariant($"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
