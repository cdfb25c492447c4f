using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Problems;

/// <summary>A problem as an instance's state shows it now.</summary>
/// <param name="Cause">Null where the state does not say it at this moment.</param>
internal sealed record FoundProblem(ProblemKind Kind, string? Cause, string Affects, string NextStep)
{
    /// <summary>Grows with urgency.</summary>
    public int Stage { get; init; } = 1;

    /// <summary>One that has become less urgent is another: the key that was about to end was replaced by one that ends later.</summary>
    public bool IsOf(Problem problem) => problem.Kind == Kind && problem.Stage <= Stage;

    public bool IsAs(Problem problem) =>
        problem.Stage == Stage && (Cause ?? problem.Cause, Affects, NextStep) == (problem.Cause, problem.Affects, problem.NextStep);

    public Problem Open(long instanceId, DateTimeOffset now) =>
        new() { InstanceId = instanceId, Kind = Kind, Cause = Cause ?? "It began while the console was not looking.", Affects = Affects, NextStep = NextStep, Stage = Stage, OpenedAt = now };

    public void Update(Problem problem) => (problem.Cause, problem.Affects, problem.NextStep, problem.Stage) = (Cause ?? problem.Cause, Affects, NextStep, Stage);
}
