namespace KustomerAdmin.Data;

/// <summary>The console cannot start. The message says why and what the operator can do; it is printed as it is.</summary>
public sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
