namespace KustomerAdmin.Tests.Crashes;

/// <summary>Where a process is killed.</summary>
public enum FailPoint
{
    /// <summary>It is not.</summary>
    None,
    LeaseTaken,
    BeforeSending,
    HeadersReceived,
    MidBody,
    Parsed,
    HalfOfTheRows,
    BeforeCommit,
    DuringCommit,
    AfterCommit,
    LeaseRenewal,
    Erasure,

    /// <summary>Some values of an excluded field are removed, and it is not committed.</summary>
    PurgeBatch,

    /// <summary>Some values are removed for good, and others are left.</summary>
    PurgeCommitted,

    /// <summary>All values are removed, and the write-ahead log holds some still.</summary>
    PurgeErasure,
}
