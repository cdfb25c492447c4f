namespace KustomerAdmin.Integrations;

/// <summary>How often instances are to be synced. Sync sets it from its options; actions and freshness go by it.</summary>
public sealed record SyncPace(TimeSpan Interval);
