using System.Text.Json;

namespace KustomerAdmin.Kustomer.Models;

/// <summary>https://developer.kustomer.com/api/core-resources/get-conversation-by-id</summary>
public sealed record Conversation
{
    public required string Id { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? CustomerId { get; init; }

    public string? BrandId { get; init; }

    public string? QueueId { get; init; }

    public string? SubStatusId { get; init; }

    /// <summary>All attributes as they came; text of messages (<c>preview</c>) is among them.</summary>
    public required JsonElement Attributes { get; init; }

    /// <summary>With attributes that outlive the answer they came in.</summary>
    internal static Conversation Keep(Conversation conversation) => conversation with { Attributes = conversation.Attributes.Clone() };

    internal static Conversation Read(JsonElement resource) => new()
    {
        Id = resource.RequiredId(),
        UpdatedAt = resource.Attributes().Moment("updatedAt") ?? throw new FormatException("updatedAt is missing or not a date."),
        CustomerId = resource.Related("customer"),
        BrandId = resource.Related("brand"),
        QueueId = resource.Related("queue"),
        SubStatusId = resource.Related("subStatus"),
        Attributes = resource.Attributes(),
    };
}
