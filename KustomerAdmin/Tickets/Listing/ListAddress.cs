using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tickets.Listing;

/// <summary>
/// Addresses of lists and of their tickets. One that says nothing is the admin's own list (what it opens with, arranged as they left it); one that says anything
/// is taken at its word, so that it shows the same to everybody.
/// </summary>
internal static class ListAddress
{
    private const string List = "tickets";

    /// <summary>Servers take some 8,000 signs in all.</summary>
    private const int Longest = 7000;

    /// <summary>Every ticket, whatever somebody's list opens with.</summary>
    private const string All = List + "?view=all";

    public static string Of(TicketQuery query) => query.ToAddress() is var address && string.Equals(address, List, StringComparison.Ordinal) ? All : address;

    public static bool SaysNothing(string address) => new Uri(address).Query.Length < 2;

    /// <summary>A ticket that knows the list it was opened from; one whose list is too long to be said forgets it.</summary>
    public static string OfTicket(long id, TicketQuery query) =>
        Uri.EscapeDataString(Of(query)[(List.Length + 1)..]) is { Length: <= Longest } list ? $"{List}/{id}?list={list}" : $"{List}/{id}";

    /// <summary>The list that a ticket was opened from, read anew: an address that somebody made up leads nowhere else.</summary>
    public static string Back(string? list) => string.IsNullOrEmpty(list) ? List : Of(TicketQuery.FromAddress("?" + list));
}
