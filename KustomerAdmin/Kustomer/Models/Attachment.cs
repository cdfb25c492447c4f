using System.Text.Json;

namespace KustomerAdmin.Kustomer.Models;

/// <summary>https://developer.kustomer.com/api/core-resources/get-attachment-by-message-id</summary>
public sealed record Attachment
{
    public required string Id { get; init; }

    /// <summary>As the sender named it: hostile until cleaned.</summary>
    public string? Name { get; init; }

    /// <summary>As the sender claims.</summary>
    public string? ContentType { get; init; }

    /// <summary>Bytes, as announced.</summary>
    public long? Length { get; init; }

    public bool IsRedacted { get; init; }

    /// <summary>Where the bytes are, for about ten minutes; not in the attachments that come with messages.</summary>
    public Uri? Source { get; init; }

    internal static Attachment Read(JsonElement resource)
    {
        var attributes = resource.Attributes();
        return new Attachment
        {
            Id = resource.RequiredId(),
            Name = attributes.Text("name"),
            ContentType = attributes.Text("contentType"),
            Length = attributes.Member("contentLength") is { ValueKind: JsonValueKind.Number } length && length.TryGetInt64(out var bytes) ? bytes : null,
            IsRedacted = attributes.IsTrue("redacted"),
            Source = Uri.TryCreate(resource.Member("links")?.Text("related"), UriKind.Absolute, out var address) ? address : null,
        };
    }
}
