namespace KustomerAdmin.Sandbox.Launch;

/// <summary>Something that keeps the sandbox from starting, in a sentence for the person who starts it.</summary>
internal sealed class LaunchException(string message) : Exception(message);
