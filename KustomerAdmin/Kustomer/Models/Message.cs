using System.Text.Json;

namespace KustomerAdmin.Kustomer.Models;

/// <summary>https://developer.kustomer.com/api/core-resources/get-messages-by-conversation-id</summary>
public sealed record Message
{
    public required string Id { get; init; }

    public string? Channel { get; init; }

    public bool IsInbound { get; init; }

    public string? Subject { get; init; }

    /// <summary>Plain text. Shown as text, never as markup, and never stored.</summary>
    public string? Text { get; init; }

    public string? From { get; init; }

    public string? CreatedById { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public bool HasFailed { get; init; }

    public IReadOnlyList<string> AttachmentIds { get; init; } = [];

    internal static Message Read(JsonElement resource)
    {
        var attributes = resource.Attributes();
        return new Message
        {
            Id = resource.RequiredId(),
            Channel = attributes.Text("channel"),
            IsInbound = string.Equals(attributes.Text("direction"), "in", StringComparison.Ordinal),
            Subject = attributes.Text("subject"),
            Text = attributes.Text("preview"),
            From = attributes.Member("meta")?.Text("from"),
            CreatedById = resource.Related("createdBy"),
            SentAt = attributes.Moment("sentAt") ?? attributes.Moment("createdAt"),
            HasFailed = string.Equals(attributes.Text("status"), "error", StringComparison.Ordinal),
            AttachmentIds = [.. (resource.Member("relationships")?.Member("attachments") ?? default).Items("data").Select(attachment => attachment.Text("id")).OfType<string>().Distinct(StringComparer.Ordinal)],
        };
    }
}

/// <summary>Messages with the attachments that the same answer describes.</summary>
public sealed record MessagePage(RecordPage<Message> Messages, IReadOnlyList<Attachment> Attachments);
