namespace KustomerAdmin.Sandbox.Data;

/// <summary>
/// The little that is kept for a conversation; everything else is drawn from it on demand. Never changed in place:
/// search holds on to the version it has indexed while reads by id already see the next one. Times are Unix milliseconds.
/// </summary>
internal sealed record Conversation
{
    public required int Index { get; init; }

    public required Draw Draw { get; init; }

    public required int Customer { get; init; }

    public required long CreatedAt { get; init; }

    public required long LastMessageAt { get; init; }

    public required long UpdatedAt { get; init; }

    public required ConversationStatus Status { get; init; }

    public required byte Priority { get; init; }

    public required byte Channel { get; init; }

    /// <summary>Messages of the generated thread, without those added since the start.</summary>
    public required int GeneratedMessages { get; init; }

    public required int Notes { get; init; }

    public long[] AddedMessages { get; init; } = [];

    public string? Name { get; init; }

    /// <summary>Changes since the start; the assignee, the tags and a custom attribute follow it.</summary>
    public int Changes { get; init; }

    public bool IsDeleted { get; init; }

    /// <summary>Shows attachments of every kind.</summary>
    public bool IsShowcase { get; init; }

    public int Messages => GeneratedMessages + AddedMessages.Length;
}
