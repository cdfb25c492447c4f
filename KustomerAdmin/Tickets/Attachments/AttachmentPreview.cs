using System.Text;
using System.Text.Unicode;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tickets.Attachments;

/// <summary>What can be shown inside the page. Everything else is downloaded.</summary>
public enum PreviewKind
{
    None,
    Image,

    /// <summary>PDF.</summary>
    Document,

    Text,
}

/// <summary>
/// Tells by its first bytes what a file is. What its sender says of it decides only whether a preview is offered. Markup, SVG among it, is never
/// shown: it would be a document of somebody else's making.
/// </summary>
internal static class AttachmentPreview
{
    private static readonly string[] s_images = [".png", ".jpg", ".jpeg", ".gif", ".webp"];
    private static readonly string[] s_texts = [".txt", ".log", ".csv", ".md", ".json", ".eml", ".ics"];

    /// <summary>What its name, or its type where the name says nothing, claims it to be.</summary>
    public static PreviewKind ClaimOf(Attachment attachment)
    {
        var ending = Path.GetExtension(AttachmentName.Clean(attachment.Name)).ToLowerInvariant();
        return s_images.Contains(ending, StringComparer.Ordinal) ? PreviewKind.Image
            : ending is ".pdf" ? PreviewKind.Document
            : s_texts.Contains(ending, StringComparer.Ordinal) ? PreviewKind.Text
            : ending.Length > 0 ? PreviewKind.None
            : attachment.ContentType switch
            {
                "image/png" or "image/jpeg" or "image/gif" or "image/webp" => PreviewKind.Image,
                "application/pdf" => PreviewKind.Document,
                "text/plain" or "text/csv" => PreviewKind.Text,
                _ => PreviewKind.None,
            };
    }

    /// <returns>The kind and the type to send; <see cref="PreviewKind.None"/> for what is not shown.</returns>
    public static (PreviewKind Kind, string MediaType) Recognize(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? (PreviewKind.Image, "image/png")
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? (PreviewKind.Image, "image/jpeg")
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? (PreviewKind.Image, "image/gif")
        : head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8) ? (PreviewKind.Image, "image/webp")
        : head.StartsWith("%PDF-"u8) ? (PreviewKind.Document, "application/pdf")
        : IsPlainText(head) ? (PreviewKind.Text, "text/plain; charset=utf-8")
        : (PreviewKind.None, "");

    private static bool IsPlainText(ReadOnlySpan<byte> head)
    {
        var text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        return !IsMarkup(text) && text.IndexOfAnyInRange((byte)0, (byte)8) < 0 && text.IndexOfAnyInRange((byte)14, (byte)26) < 0 && Utf8.IsValid(WholeCharacters(text));
    }

    /// <summary>Whatever blanks and marks of the byte order stand before it.</summary>
    private static bool IsMarkup(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n\f\uFEFF"u8) is [(byte)'<', ..];

    /// <summary>The head may end in the middle of a character.</summary>
    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> text)
    {
        for (var cut = 1; cut <= 3 && cut <= text.Length; cut++)
        {
            if (Rune.DecodeFromUtf8(text[^cut..], out _, out _) is System.Buffers.OperationStatus.NeedMoreData)
            {
                return text[..^cut];
            }
        }

        return text;
    }
}
