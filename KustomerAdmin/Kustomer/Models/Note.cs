using System.Text.Json;

namespace KustomerAdmin.Kustomer.Models;

/// <summary>An internal note; customers never see one. https://developer.kustomer.com/api/core-resources/get-notes-by-conversation-id</summary>
public sealed record Note
{
    public required string Id { get; init; }

    public string? Text { get; init; }

    public string? CreatedById { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    internal static Note Read(JsonElement resource) => new()
    {
        Id = resource.RequiredId(),
        Text = resource.Attributes().Text("body"),
        CreatedById = resource.Related("createdBy"),
        CreatedAt = resource.Attributes().Moment("createdAt"),
    };
}
