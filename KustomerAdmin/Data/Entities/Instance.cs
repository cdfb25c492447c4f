namespace KustomerAdmin.Data.Entities;

/// <summary>One connected Kustomer organisation.</summary>
public sealed class Instance
{
    public const int NameLength = 100;
    public const int NoteLength = 500;

    public long Id { get; set; }

    public required string Name { get; set; }

    public required string Subdomain { get; set; }

    /// <summary>Kustomer's id of the organisation, known once a key was accepted.</summary>
    public string? OrganizationId { get; set; }

    public CredentialState Credential { get; set; }

    /// <summary>Why the credentials do not work, in words for people.</summary>
    public string? CredentialNote { get; set; }

    /// <summary>The API key in a <see cref="SecretBox"/> envelope bound to this row; null when there is none.</summary>
    public string? KeyEnvelope { get; set; }

    public string? KeyLastFour { get; set; }

    public DateTimeOffset? KeyExpiresAt { get; set; }

    public RunState Run { get; set; }

    /// <summary>Cause and next step of a failed run, in words for people.</summary>
    public string? RunNote { get; set; }

    /// <summary>End of the pause that Kustomer's rate limit imposes.</summary>
    public DateTimeOffset? WaitingUntil { get; set; }

    /// <summary>Everything Kustomer reported as updated before this moment is stored. Null before the first page.</summary>
    public DateTimeOffset? SyncCursor { get; set; }

    public DateTimeOffset? LastRanAt { get; set; }

    /// <summary>When a run last stored something new.</summary>
    public DateTimeOffset? LastDataAt { get; set; }

    public DateTimeOffset? NextRunAt { get; set; }

    /// <summary>Who asked for the next run; null for the schedule.</summary>
    public string? RunRequestedBy { get; set; }

    public long TicketCount { get; set; }

    /// <summary>Requests sent to Kustomer by the sync and by opened tickets since the instance was created.</summary>
    public long RequestCount { get; set; }

    /// <summary>Grows with every change that must end a running sync; a page is committed only under the epoch its run began with.</summary>
    public long Epoch { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisconnectedAt { get; set; }
}

public enum CredentialState
{
    NotAuthenticated,
    Connected,
    Disconnected,
}

public enum RunState
{
    Idle,
    Syncing,
    Waiting,
    Failed,
}
