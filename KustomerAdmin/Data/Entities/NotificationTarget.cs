namespace KustomerAdmin.Data.Entities;

/// <summary>Where one instance's problems are told: a webhook or an e-mail address.</summary>
public sealed class NotificationTarget
{
    public const int AddressLength = 500;

    public long Id { get; set; }

    public required long InstanceId { get; init; }

    public required NotificationKind Kind { get; init; }

    /// <summary>An https address, or an e-mail address.</summary>
    public required string Address { get; set; }

    /// <summary>The webhook's signing secret in a <see cref="SecretBox"/> envelope; null for e-mail.</summary>
    public string? SecretEnvelope { get; set; }

    public DateTimeOffset? LastDeliveredAt { get; set; }

    /// <summary>Why the last delivery failed, in words for people; null when it went well.</summary>
    public string? LastFailure { get; set; }
}

public enum NotificationKind
{
    Webhook,
    Email,
}

/// <summary>One message to one target that a problem is there, or over. A row is sent once, after a restart too.</summary>
public sealed class NotificationDelivery
{
    public long Id { get; set; }

    public required long TargetId { get; init; }

    public required long ProblemId { get; init; }

    /// <summary>Tells that it is over, not that it is there.</summary>
    public required bool IsOver { get; init; }

    /// <summary>Of the problem, when it was written.</summary>
    public int Stage { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>Null once it is delivered or given up.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }
}
