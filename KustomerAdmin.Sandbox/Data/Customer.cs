namespace KustomerAdmin.Sandbox.Data;

/// <summary>What is kept for a customer; like <see cref="Conversation"/> never changed in place.</summary>
internal sealed record Customer
{
    public required int Index { get; init; }

    public required Draw Draw { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    /// <summary>Positions of its conversations, deleted ones included, oldest first.</summary>
    public required int[] Conversations { get; init; }

    public int Open { get; init; }

    public int Snoozed { get; init; }

    public int Done { get; init; }

    public int All => Open + Snoozed + Done;

    public Customer Count(ConversationStatus status, int difference) => status switch
    {
        ConversationStatus.Open => this with { Open = Open + difference },
        ConversationStatus.Snoozed => this with { Snoozed = Snoozed + difference },
        _ => this with { Done = Done + difference },
    };
}
