namespace KustomerAdmin.Sync;

/// <summary>A run cannot go on. The message is a sentence for people.</summary>
internal sealed class SyncException(string message) : Exception(message);

/// <summary>The instance was disconnected, or its credentials changed, while the run was under way.</summary>
internal sealed class SyncOvertakenException() : Exception("The instance changed while the run was under way.");
