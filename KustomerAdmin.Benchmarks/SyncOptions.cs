using System.Globalization;

namespace KustomerAdmin.Benchmarks;

/// <param name="Latency">Milliseconds.</param>
/// <param name="RequestsPerMinute">Of the organisation, searches included.</param>
internal sealed record SyncOptions(int Tickets = 20_000, int Latency = 0, int RequestsPerMinute = 100_000)
{
    /// <returns>Null when an option is unknown or has no number.</returns>
    public static SyncOptions? Read(string[] arguments)
    {
        var options = new SyncOptions();
        for (var position = 0; position < arguments.Length; position += 2)
        {
            if (position + 1 == arguments.Length || !int.TryParse(arguments[position + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            var next = arguments[position] switch
            {
                "--tickets" => options with { Tickets = number },
                "--latency" => options with { Latency = number },
                "--rpm" => options with { RequestsPerMinute = number },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return options;
    }
}
