using System.Globalization;

namespace KustomerAdmin.Benchmarks;

/// <param name="Runs">Of each query.</param>
internal sealed record FilterOptions(int Tickets = 1_000_000, int Runs = 20)
{
    /// <returns>Null when an option is unknown or has no number.</returns>
    public static FilterOptions? Read(string[] arguments) => arguments switch
    {
        [] => new FilterOptions(),
        ["--tickets", var tickets, .. var rest] when Number(tickets) is { } number && Read(rest) is { } options => options with { Tickets = number },
        ["--runs", var runs, .. var rest] when Number(runs) is { } number && Read(rest) is { } options => options with { Runs = number },
        _ => null,
    };

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
