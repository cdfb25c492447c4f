namespace KustomerAdmin.Data.Entities;

/// <summary>A customer as far as the batch sync keeps one: an id and the number of conversations. No name, no address.</summary>
public sealed class Customer
{
    public long Id { get; set; }

    public long InstanceId { get; init; }

    public required string KustomerId { get; init; }

    public int? ConversationCount { get; set; }
}
