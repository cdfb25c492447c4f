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
}
