using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Problems;

/// <summary>Problems as people see them: open ones first, then what is over.</summary>
public sealed class ProblemList(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>Lines of history shown.</summary>
    public const int MostClosed = 100;

    /// <param name="instanceId">Null for all instances.</param>
    public async Task<ProblemSheet> ReadAsync(long? instanceId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var problems = db.Problems.Where(problem => instanceId == null || problem.InstanceId == instanceId);
        return new ProblemSheet(
            await db.Instances.OrderBy(instance => instance.Name).Select(instance => new ProblemInstance(instance.Id, instance.Name)).ToListAsync(cancellationToken),
            await Lines(db, problems.Where(problem => problem.ClosedAt == null).OrderByDescending(problem => problem.OpenedAt)).ToListAsync(cancellationToken),
            await Lines(db, problems.Where(problem => problem.ClosedAt != null).OrderByDescending(problem => problem.ClosedAt).Take(MostClosed)).ToListAsync(cancellationToken));
    }

    private static IQueryable<ProblemLine> Lines(AppDbContext db, IQueryable<Problem> problems) => problems.Select(problem => new ProblemLine(
        problem.Id, problem.InstanceId, db.Instances.Where(instance => instance.Id == problem.InstanceId).Select(instance => instance.Name).First(),
        problem.Kind, problem.Cause, problem.Affects, problem.NextStep, problem.OpenedAt, problem.ClosedAt));

    /// <summary>For the badge of the navigation.</summary>
    public async Task<int> CountOpenAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Problems.CountAsync(problem => problem.ClosedAt == null, cancellationToken);
    }
}

public sealed record ProblemInstance(long Id, string Name);

public sealed record ProblemLine(long Id, long InstanceId, string Instance, ProblemKind Kind, string Cause, string Affects, string NextStep, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt);

public sealed record ProblemSheet(IReadOnlyList<ProblemInstance> Instances, IReadOnlyList<ProblemLine> Open, IReadOnlyList<ProblemLine> Closed);
