namespace KustomerAdmin.Data.Entities;

/// <summary>The one row that says the first admin exists. Its fixed key makes two racing set-ups collide.</summary>
public sealed class SetupCompletion
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public required DateTimeOffset CompletedAt { get; init; }
}
