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
public sealed record CheckLine(string Name, CheckOutcome Outcome, string Sentence);

/// <summary>What a connection check found.</summary>
/// <param name="OrganizationId">Kustomer's id of the key's organisation, where it was learnt.</param>
public sealed record ConnectionReport(IReadOnlyList<CheckLine> Lines, string? OrganizationId)
{
    /// <summary>What was sent for it: the ledger can take it only once there is an instance.</summary>
    internal IReadOnlyCollection<SentRequest> Requests { get; init; } = [];

    /// <summary>Warnings do not keep data from flowing; failures and what could not be tested do.</summary>
    public bool IsAccepted => Lines.All(static line => line.Outcome is CheckOutcome.Passed or CheckOutcome.Warning);

    /// <summary>The first thing that keeps the instance from working.</summary>
    public string? Obstacle => Lines.FirstOrDefault(static line => line.Outcome is CheckOutcome.Failed or CheckOutcome.NotTested)?.Sentence;
}
