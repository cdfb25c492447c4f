using KustomerAdmin.Integrations.Checking;

namespace KustomerAdmin.Integrations.Connecting;

/// <summary>What somebody typed into the Connect dialog.</summary>
public sealed record ConnectRequest(string? Name, string? Subdomain, string? ApiKey)
{
    /// <summary>The second way in, for set-ups without API keys; used instead of a key when it is there.</summary>
    public SignInRequest? SignIn { get; init; }

    /// <summary>Printed or logged it does not give the key away.</summary>
    public override string ToString() => $"{Name} ({Subdomain})";
}

/// <summary>E-mail and password as somebody typed them.</summary>
public sealed record SignInRequest(string? Email, string? Password)
{
    /// <summary>Printed or logged it gives nothing away.</summary>
    public override string ToString() => "***";
}

/// <summary>The field of the dialog that a fault belongs to.</summary>
public enum ConnectField
{
    Name,
    Subdomain,
    ApiKey,
    SignIn,
}

/// <summary>How an attempt to connect, fix or reconnect ended.</summary>
public abstract record ConnectResult
{
    /// <summary>The credentials work.</summary>
    /// <param name="AwaitsStart">The first sync waits until it is said how far back it goes; otherwise a sync has been asked for.</param>
    public sealed record Connected(long InstanceId, ConnectionReport Report, bool AwaitsStart) : ConnectResult;

    /// <summary>The instance is there, but its credentials do not work (or could not be tested).</summary>
    public sealed record NotAuthenticated(long InstanceId, ConnectionReport Report) : ConnectResult;

    /// <summary>Nothing was sent and nothing was stored.</summary>
    public sealed record Invalid(ConnectField Field, string Sentence) : ConnectResult;

    /// <summary>The organisation has an instance already.</summary>
    public sealed record AlreadyThere(long InstanceId, string Name) : ConnectResult;

    /// <summary>Somebody else changed the instance meanwhile.</summary>
    public sealed record Overtaken(string Sentence) : ConnectResult;
}
