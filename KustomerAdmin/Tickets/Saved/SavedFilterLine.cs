using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tickets.Saved;

/// <summary>A saved filter as one admin sees it: an own one, or one that somebody shares.</summary>
/// <param name="Address">The list's address; <see cref="TicketQuery.FromAddress"/> reads it.</param>
/// <param name="Version">Given back with a change, so that one made meanwhile is not lost.</param>
public sealed record SavedFilterLine(long Id, string Name, string Owner, bool IsOwn, bool IsShared, bool IsPinned, bool IsDefault, string Address, long Version, DateTimeOffset ChangedAt);

/// <summary>What was done, or the sentence that says why it was not.</summary>
/// <param name="Id">The filter that was saved or made.</param>
public sealed record SavedFilterResult(long? Id, string? Refusal)
{
    internal static SavedFilterResult Refused(string refusal) => new(null, refusal);
}
