namespace KustomerAdmin.Data.Entities;

/// <summary>One connected Kustomer organisation.</summary>
public sealed class Instance
{
    public const int NameLength = 100;
    public const int NoteLength = 500;
    public const int DefaultRateShare = 50;

    public long Id { get; set; }

    public required string Name { get; set; }

    public required string Subdomain { get; set; }

    /// <summary>Kustomer's id of the organisation, known once a key was accepted.</summary>
    public string? OrganizationId { get; set; }

    public CredentialState Credential { get; set; }

    /// <summary>Why the credentials do not work, in words for people.</summary>
    public string? CredentialNote { get; set => field = CutNote(value); }

    /// <summary>The API key in a <see cref="SecretBox"/> envelope bound to this row; null when there is none.</summary>
    public string? KeyEnvelope { get; set; }

    public string? KeyLastFour { get; set; }

    public DateTimeOffset? KeyExpiresAt { get; set; }

    /// <summary>The key is the token of a person who signed in with e-mail and password; it ends with their session.</summary>
    public bool IsKeyOfSession { get; set; }

    /// <summary>The key that was replaced, sealed like the present one: kept until the first good run with the new one.</summary>
    public string? OldKeyEnvelope { get; set; }

    /// <summary>Last four characters of each key that was replaced and should be deleted in Kustomer, with a space between; null when nobody need be reminded.</summary>
    public string? OldKeyLastFour { get; set; }

    /// <summary>When the connection was last checked.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>Names of the parts that this key lacks the role for, as far as checks found; null when there are none.</summary>
    public string? LackedParts { get; set; }

    /// <summary>Since when the instance and all that is stored of it is being removed; null for one that stays.</summary>
    public DateTimeOffset? DeletingSince { get; set; }

    public RunState Run { get; set; }

    /// <summary>Cause and next step of a failed run, in words for people.</summary>
    public string? RunNote { get; set => field = CutNote(value); }

    /// <summary>End of the pause that Kustomer's rate limit imposes.</summary>
    public DateTimeOffset? WaitingUntil { get; set; }

    /// <summary>
    /// Everything that changed in Kustomer from the beginning of the first load up to this moment is stored. Null before the first load began.
    /// </summary>
    public DateTimeOffset? SyncCursor { get; set; }

    /// <summary>The first load goes backwards: everything from its beginning back to this moment is stored. Null before its first page.</summary>
    public DateTimeOffset? HistoryCursor { get; set; }

    /// <summary>When the first load had reached <see cref="SyncFrom"/>; null while it has not.</summary>
    public DateTimeOffset? HistoryDoneAt { get; set; }

    /// <summary>Tickets updated before this moment are not loaded; null for all that Kustomer's search holds (two years).</summary>
    public DateTimeOffset? SyncFrom { get; set; }

    /// <summary>Percent of the organisation's rate limit that the sync may use. 5 to 80.</summary>
    public int RateShare { get; set; } = DefaultRateShare;

    /// <summary>What becomes of a custom field that is met for the first time: stored, or held back until an admin decides.</summary>
    public FieldStorage NewFields { get; set; }

    /// <summary>When all stored tickets were last compared with Kustomer's.</summary>
    public DateTimeOffset? ReconciledAt { get; set; }

    /// <summary>How far a reconciliation under way has come, oldest tickets first; null when none is.</summary>
    public DateTimeOffset? ReconcileCursor { get; set; }

    /// <summary>The process that runs the instance's sync.</summary>
    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseExpiresAt { get; set; }

    /// <summary>When the first of a row of failed runs ended; null when the last one went well.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>Failed runs in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When a run last ended well.</summary>
    public DateTimeOffset? LastSucceededAt { get; set; }

    public string? PausedBy { get; set; }

    public DateTimeOffset? LastRanAt { get; set; }

    /// <summary>When a run last stored something new.</summary>
    public DateTimeOffset? LastDataAt { get; set; }

    public DateTimeOffset? NextRunAt { get; set; }

    /// <summary>Who asked for the next run; null for the schedule.</summary>
    public string? RunRequestedBy { get; set; }

    public long TicketCount { get; set; }

    /// <summary>Requests sent to Kustomer since the instance was created, as the ledger counted them.</summary>
    public long RequestCount { get; set; }

    /// <summary>
    /// Grows with every lease taken and with every change that must end a running sync; a page is committed only under the epoch of its run.
    /// </summary>
    public long Epoch { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when something may be missing because the instance was disconnected; null once the gap is filled.</summary>
    public DateTimeOffset? DisconnectedAt { get; set; }

    /// <summary>What Kustomer says of itself stands in notes too, and may be of any length.</summary>
    public static string? CutNote(string? note) => note?.Length > NoteLength ? note[..NoteLength] : note;
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
    Paused,
}
