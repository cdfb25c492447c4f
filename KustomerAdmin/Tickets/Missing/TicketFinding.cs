using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tickets.Missing;

/// <summary>Why a ticket is not in the list that somebody looks at, or that it is.</summary>
public abstract record TicketFinding
{
    private TicketFinding()
    {
    }

    /// <summary>It is on the list.</summary>
    public sealed record Listed(FoundInstance Instance, long TicketId) : TicketFinding;

    /// <summary>It is stored, and these conditions of the filter keep it out.</summary>
    public sealed record Filtered(FoundInstance Instance, long TicketId, IReadOnlyList<FilterCondition> Conditions) : TicketFinding
    {
        /// <summary>The list without these conditions; everything else of it stays.</summary>
        public TicketQuery Widen(TicketQuery list) => list with { Filter = Without(list.Filter), Page = 1 };

        private FilterGroup Without(FilterGroup group) => group with
        {
            Parts = [.. group.Parts.Where(part => part is not FilterCondition condition || !Conditions.Contains(condition)).Select(part => part is FilterGroup inner ? Without(inner) : part).Where(part => part is not FilterGroup { IsEmpty: true })],
        };
    }

    /// <summary>It passes the filter, of which the list shows a sample.</summary>
    public sealed record Sampled(FoundInstance Instance, long TicketId, int Count) : TicketFinding;

    /// <summary>Deleted in Kustomer, or merged into another.</summary>
    /// <param name="TicketId">What was stored of it; null when nothing was.</param>
    /// <param name="NoticedAt">When a sync noticed; null when none has.</param>
    public sealed record Gone(FoundInstance Instance, long? TicketId, DateTimeOffset? NoticedAt, Survivor? Into) : TicketFinding;

    /// <summary>Kustomer knows no ticket of that id.</summary>
    public sealed record Unknown(FoundInstance Instance) : TicketFinding;

    /// <summary>No instance stands for its organisation.</summary>
    /// <param name="Subdomain">Null for an id alone while no organisation is connected at all.</param>
    public sealed record Unconnected(string? Subdomain) : TicketFinding;

    /// <summary>It may be there, but without credentials nobody can ask.</summary>
    public sealed record Unreachable(FoundInstance Instance, bool IsDisconnected, string? Why) : TicketFinding;

    /// <summary>It may be there, but Kustomer did not say.</summary>
    public sealed record Unanswered(FoundInstance Instance, string Problem) : TicketFinding;

    /// <param name="From">The instance's start date; null for all that Kustomer's search holds.</param>
    public sealed record TooOld(FoundInstance Instance, DateTimeOffset UpdatedAt, DateTimeOffset? From) : TicketFinding;

    public sealed record Paused(FoundInstance Instance, string? By) : TicketFinding;

    public sealed record Failing(FoundInstance Instance, DateTimeOffset Since, string? Note) : TicketFinding;

    /// <param name="Until">When the sync may ask Kustomer again.</param>
    public sealed record Waiting(FoundInstance Instance, DateTimeOffset Until) : TicketFinding;

    /// <param name="Reached">The first load has come back to there; null before its first page.</param>
    public sealed record Loading(FoundInstance Instance, DateTimeOffset UpdatedAt, DateTimeOffset? Reached) : TicketFinding;

    /// <summary>It changed after the last sync began.</summary>
    public sealed record NotYet(FoundInstance Instance, DateTimeOffset UpdatedAt, DateTimeOffset? LastSyncAt) : TicketFinding;

    /// <summary>A sync began after it changed, and Kustomer's search did not show it.</summary>
    public sealed record Overlooked(FoundInstance Instance, DateTimeOffset UpdatedAt, DateTimeOffset LastSyncAt) : TicketFinding;

    /// <param name="IsKept">It stands among the records that a sync could not read.</param>
    public sealed record Unreadable(FoundInstance Instance, string Reason, bool IsKept) : TicketFinding;
}

public sealed record FoundInstance(long Id, string Name, string Subdomain);

/// <param name="Requests">What the answer cost at Kustomer.</param>
public sealed record TicketFindings(IReadOnlyList<TicketFinding> All, int Requests);
