using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Integrations.Checking;

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

    /// <summary>Kustomer rejected the key itself, not a part of what it may do and not the address it is used from, which may be allowed later.</summary>
    internal bool IsRejection { get; private init; }

    /// <summary>The key lacks the role for this part.</summary>
    internal bool IsLack { get; init; }

    /// <summary>Whether it keeps the instance from working.</summary>
    public bool IsObstacle => IsNeeded && Outcome is (CheckOutcome.Failed or CheckOutcome.NotTested);

    internal static CheckLine OfSignIn(KustomerException exception) => exception is KeyRejectedException or RoleMissingException or RequestRefusedException
        ? new("Signed in", CheckOutcome.Failed, "Kustomer does not accept this e-mail and password here. Check both and the subdomain; somebody who signs in through Google, SAML or with a second factor needs an API key instead.")
        : Of("Signed in", exception);

    internal static CheckLine Of(string name, KustomerException exception) => new(name, CheckWords.OutcomeOf(exception), CheckWords.SentenceOf(exception)) { IsRejection = exception is KeyRejectedException { Rejection: not KeyRejection.AddressNotAllowed }, IsLack = exception is RoleMissingException };
}

/// <summary>What a connection check found.</summary>
/// <param name="OrganizationId">Kustomer's id of the key's organisation, where it was learnt.</param>
public sealed record ConnectionReport(IReadOnlyList<CheckLine> Lines, string? OrganizationId)
{
    /// <summary>What was sent for it: the ledger can take it only once there is an instance.</summary>
    internal IReadOnlyCollection<SentRequest> Requests { get; init; } = [];

    /// <summary>The organisation's tags as far as the check read them.</summary>
    internal IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>The key that was checked: the one that was entered, or the token that signing in gave.</summary>
    internal ApiKey? Key { get; init; }

    public bool IsAccepted => !Lines.Any(static line => line.IsObstacle);

    /// <summary>The first thing that keeps the instance from working.</summary>
    public string? Obstacle => Lines.FirstOrDefault(static line => line.IsObstacle)?.Sentence;

    /// <summary>Names of the parts that the key lacks the role for. What could not be tested is as it was.</summary>
    /// <param name="before">What is known from earlier checks of this key; null when nothing is.</param>
    internal string? Lacks(string? before)
    {
        var known = KeyAbility.Named(before);
        var lacked = KeyAbility.All.Where(ability => Lines.FirstOrDefault(line => string.Equals(line.Name, ability.Name, StringComparison.Ordinal)) is { } line && line.Outcome is not CheckOutcome.NotTested ? line.IsLack : known.Contains(ability)).ToList();
        return lacked.Count == 0 ? null : KeyAbility.Names(lacked);
    }
}
