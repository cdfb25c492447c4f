using System.Text;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Tickets.Attachments;

namespace KustomerAdmin.Tests.Tickets.Attachments;

public sealed class AttachmentPreviewTests
{
    public static TheoryData<byte[], PreviewKind> Files => new()
    {
        { [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0], PreviewKind.Image },
        { [0xFF, 0xD8, 0xFF, 0xE0], PreviewKind.Image },
        { [.. "GIF89a"u8, 1, 0], PreviewKind.Image },
        { [.. "RIFF"u8, 1, 0, 0, 0, .. "WEBPVP8 "u8], PreviewKind.Image },
        { [.. "%PDF-1.7"u8], PreviewKind.Document },
        { [.. "Dear Sir,\r\n\tgrüße"u8], PreviewKind.Text },
        { [.. "\uFEFFa;b"u8], PreviewKind.Text },
        { [.. "gr"u8, 0xC3], PreviewKind.Text },
        { [.. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8], PreviewKind.None },
        { [.. " \r\n\uFEFF<html>"u8], PreviewKind.None },
        { [.. "\uFEFF  <!DOCTYPE html>"u8], PreviewKind.None },
        { [.. "<?xml version='1.0'?><svg/>"u8], PreviewKind.None },
        { [.. "PK"u8, 3, 4, 0, 0], PreviewKind.None },
        { [.. "MZ"u8, 0x90, 0], PreviewKind.None },
        { [.. "RIFF"u8, 1, 0, 0, 0, .. "WAVE"u8], PreviewKind.None },
        { Encoding.Unicode.GetBytes("\uFEFF<html>"), PreviewKind.None },
        { [.. "caf"u8, 0xE9, .. " latin"u8], PreviewKind.None },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Recognize_FirstBytes_TellWhatItIs(byte[] head, PreviewKind expected) => AttachmentPreview.Recognize(head).Kind.ShouldBe(expected);

    [Theory]
    [InlineData("photo.PNG", "text/html", PreviewKind.Image)]
    [InlineData("invoice.pdf", null, PreviewKind.Document)]
    [InlineData("orders.csv", "text/csv", PreviewKind.Text)]
    [InlineData("logo.svg", "image/png", PreviewKind.None)]
    [InlineData("page.html", "text/plain", PreviewKind.None)]
    [InlineData("noname", "application/pdf", PreviewKind.Document)]
    [InlineData("noname", "image/svg+xml", PreviewKind.None)]
    [InlineData(null, null, PreviewKind.None)]
    public void Claim_OfNameAndType_DecidesWhatIsOffered(string? name, string? type, PreviewKind expected) =>
        AttachmentPreview.ClaimOf(new Attachment { Id = "a1", Name = name, ContentType = type }).ShouldBe(expected);
}
