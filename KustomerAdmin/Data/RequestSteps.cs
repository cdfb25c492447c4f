using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

/// <summary>Counts requests by steps of time. What a moment is differs from database to database, and neither provider divides one.</summary>
public static class RequestSteps
{
    /// <summary>A row for each request from <paramref name="from"/> on, which is at a full second, with the number of the step that it falls into.</summary>
    public static IQueryable<RequestStep> RequestsInSteps(this AppDbContext db, DateTimeOffset from, TimeSpan step) =>
        db.Database.IsSqlite()
            ? db.Database.SqlQuery<RequestStep>($"SELECT InstanceId, Purpose, Outcome, Endpoint, (At - {from.UtcTicks}) / {step.Ticks} AS Step FROM KustomerRequests WHERE At >= {from.UtcTicks}")
            : db.Database.SqlQuery<RequestStep>($"SELECT InstanceId, Purpose, Outcome, Endpoint, CAST(DATEDIFF_BIG(SECOND, {from}, At) / {(long)step.TotalSeconds} AS bigint) AS Step FROM KustomerRequests WHERE At >= {from}");
}

/// <param name="Purpose">A <see cref="RequestPurpose"/> by its name, as it is stored: a query by hand knows nothing of the model's conversions.</param>
/// <param name="Outcome">A <see cref="RequestOutcome"/> in the same way.</param>
public sealed record RequestStep(long InstanceId, string Purpose, string Outcome, string Endpoint, long Step);
