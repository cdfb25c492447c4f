using System.Globalization;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>
/// So many tickets, drawn by a seed: the same seed draws the same ones as long as the same ones match, whatever else is stored, and in whatever order they are shown.
/// </summary>
public sealed record TicketSample(int Count, int Seed)
{
    public const int Most = 1000;

    /// <summary>A prime, so that every remainder is as likely as another; its square fits a whole number of the database.</summary>
    private const long Prime = 2_147_483_647;

    /// <summary>As an address has it: <c>25~4711</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}~{Seed}");

    internal static TicketSample? Read(string? text) =>
        text?.Split('~') is [var count, var seed]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Most
        && int.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var drawn)
            ? new TicketSample(number, drawn)
            : null;

    /// <summary>
    /// Those with the least value of a polynomial whose coefficients the seed gives (of any three tickets each order is equally likely). It is
    /// computed where the tickets are, in whole numbers, which every database reckons alike.
    /// </summary>
    internal IQueryable<long> DrawFrom(IQueryable<Candidate> tickets)
    {
        var (square, factor, summand) = (Coefficient(1), Coefficient(2), Coefficient(3));
        return tickets.OrderBy(ticket => (((((ticket.Id % Prime * square) + factor) % Prime) * (ticket.Id % Prime)) + summand) % Prime).ThenBy(ticket => ticket.Id)
            .Select(ticket => ticket.Id).Take(Count);
    }

    /// <summary>Neighbouring seeds give coefficients that have nothing in common (SplitMix64); never 0.</summary>
    private long Coefficient(int place)
    {
        unchecked
        {
            var mixed = ((ulong)(uint)Seed * 4) + (ulong)place + 0x9E3779B97F4A7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return 1 + (long)((mixed ^ (mixed >> 31)) % (Prime - 1));
        }
    }
}
