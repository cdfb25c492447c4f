using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Integrations;

public enum CheckOutcome
{
    Passed,
    Warning,
    Failed,

    /// <summary>Could not be tested; that says nothing about the key.</summary>
    NotTested,
}

/// <summary>One named check: what was found and, where it did not pass, what to do.</summary>
public sealed record CheckLine(string Name, CheckOutcome Outcome, string Sentence)
{
    /// <summary>Without it no data can flow; the others cost only what they name.</summary>
    public bool IsNeeded { get; init; } = true;

    /// <summary>Kustomer rejected the key itself, not a part of what it may do.</summary>
    internal bool Rejects { get; private init; }

    /// <summary>Whether it keeps the instance from working.</summary>
    public bool IsObstacle => IsNeeded && Outcome is (CheckOutcome.Failed or CheckOutcome.NotTested);

    internal static CheckLine OfSignIn(KustomerException exception) => exception is KeyRejectedException or RoleMissingException or RequestRefusedException
        ? new("Signed in", CheckOutcome.Failed, "Kustomer does not accept this e-mail and password here. Check both and the subdomain; somebody who signs in through Google, SAML or with a second factor needs an API key instead.")
        : Of("Signed in", exception);

    internal static CheckLine Of(string name, KustomerException exception) => new(name, CheckWords.OutcomeOf(exception), CheckWords.SentenceOf(exception)) { Rejects = exception is KeyRejectedException };
}

/// <summary>What a connection check found.</summary>
/// <param name="OrganizationId">Kustomer's id of the key's organisation, where it was learnt.</param>
public sealed record ConnectionReport(IReadOnlyList<CheckLine> Lines, string? OrganizationId)
{
    /// <summary>What was sent for it: the ledger can take it only once there is an instance.</summary>
    internal IReadOnlyCollection<SentRequest> Requests { get; init; } = [];

    /// <summary>The key that was checked: the one that was entered, or the token that signing in gave.</summary>
    internal ApiKey? Key { get; init; }

    public bool IsAccepted => !Lines.Any(static line => line.IsObstacle);

    /// <summary>What costs only its part, in sentences; null when all works.</summary>
    public string? Shortcomings => Lines.Where(static line => line.Outcome is CheckOutcome.Warning).Select(static line => line.Sentence).ToList() is { Count: > 0 } found ? string.Join(' ', found) : null;

    /// <summary>The first thing that keeps the instance from working.</summary>
    public string? Obstacle => Lines.FirstOrDefault(static line => line.IsObstacle)?.Sentence;
}
