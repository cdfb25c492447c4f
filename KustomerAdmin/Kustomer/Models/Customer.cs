using System.Text.Json;

namespace KustomerAdmin.Kustomer.Models;

/// <summary>https://developer.kustomer.com/api/core-resources/get-customer</summary>
public sealed record Customer
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Company { get; init; }

    public string? Locale { get; init; }

    public string? TimeZone { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public IReadOnlyList<string> Emails { get; init; } = [];

    public IReadOnlyList<string> Phones { get; init; } = [];

    public int? ConversationCount { get; init; }

    public int? OpenCount { get; init; }

    public int? SnoozedCount { get; init; }

    public int? DoneCount { get; init; }

    internal static Customer Read(JsonElement resource)
    {
        var attributes = resource.Attributes();
        return new Customer
        {
            Id = resource.RequiredId(),
            Name = attributes.Text("displayName") ?? attributes.Text("name"),
            Company = attributes.Text("companyName"),
            Locale = attributes.Text("locale") ?? attributes.Text("defaultLang"),
            TimeZone = attributes.Text("timeZone"),
            CreatedAt = attributes.Moment("createdAt"),
            Emails = [.. attributes.Items("emails").Select(email => email.Text("email")).OfType<string>()],
            Phones = [.. attributes.Items("phones").Select(phone => phone.Text("phone")).OfType<string>()],
            ConversationCount = attributes.Member("conversationCounts")?.Integer("all"),
            OpenCount = attributes.Member("conversationCounts")?.Integer("open"),
            SnoozedCount = attributes.Member("conversationCounts")?.Integer("snoozed"),
            DoneCount = attributes.Member("conversationCounts")?.Integer("done"),
        };
    }
}

/// <summary>Of a customer, only what the batch sync may keep.</summary>
public sealed record CustomerCount(string Id, int? ConversationCount, DateTimeOffset UpdatedAt)
{
    internal static CustomerCount Read(JsonElement resource) => new(
        resource.RequiredId(),
        resource.Attributes().Member("conversationCounts")?.Integer("all"),
        resource.Attributes().Moment("updatedAt") ?? throw new FormatException("updatedAt is missing or not a date."));
}
