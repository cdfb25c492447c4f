namespace KustomerAdmin.Data.Entities;

/// <summary>Who did what, when, and with which outcome. Never a secret, never text of a ticket.</summary>
public sealed class AuditEntry
{
    public const int DetailLength = 1000;
    public const int SubjectLength = 200;

    public long Id { get; set; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Account id; null for the system and for people who are not signed in.</summary>
    public string? ActorId { get; init; }

    public required string ActorName { get; init; }

    public required string Action { get; init; }

    /// <summary>What it was done to, such as an instance's name or a ticket's id.</summary>
    public string? Subject { get; init; }

    public required AuditOutcome Outcome { get; init; }

    public string? Detail { get; init; }

    /// <summary>Network address the actor signed in from.</summary>
    public string? Address { get; init; }
}

public enum AuditOutcome
{
    Succeeded,
    Failed,
    Refused,
}
