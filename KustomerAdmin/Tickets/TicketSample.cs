using System.Globalization;

namespace KustomerAdmin.Tickets;

/// <summary>So many tickets, drawn by a seed: the same seed draws the same ones as long as the same ones match.</summary>
public sealed record TicketSample(int Count, int Seed)
{
    public const int Most = 1000;

    /// <summary>As an address has it: <c>25~4711</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}~{Seed}");

    internal static TicketSample? Read(string? text) =>
        text?.Split('~') is [var count, var seed]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Most
        && int.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var drawn)
            ? new TicketSample(number, drawn)
            : null;
}
