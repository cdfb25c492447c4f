namespace KustomerAdmin.Data.Entities;

/// <summary>A record of Kustomer that could not be read. The others of its page are stored; this one waits until it can be, or is gone.</summary>
public sealed class QuarantinedRecord
{
    public const int FingerprintLength = 64;
    public const int ReasonLength = 200;

    public long Id { get; set; }

    public long InstanceId { get; init; }

    /// <summary>Its id, where it has a usable one.</summary>
    public string? KustomerId { get; init; }

    /// <summary>SHA-256 of the record as it came, in hexadecimal digits: to tell one from another without keeping it.</summary>
    public required string Fingerprint { get; init; }

    public required string Reason { get; set; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }
}
