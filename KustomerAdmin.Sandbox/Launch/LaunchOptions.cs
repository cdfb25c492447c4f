using System.Globalization;

namespace KustomerAdmin.Sandbox.Launch;

/// <summary>What was asked for on the command line.</summary>
internal sealed record LaunchOptions
{
    public const string Help = """
        Starts an emulator of Kustomer's API and the console connected to it.

          dotnet run --project KustomerAdmin.Sandbox [-- options]

          --tickets N        conversations of the organisation acme (5000); globex has a fifth of it
          --seed S           other data (1); the same seed gives the same data and the same keys
          --port P           port of the emulated API (5199)
          --console-port P   port of the console (5080)
          --data DIR         directory of the console's database (data/ beside KustomerAdmin.sln)
          --no-console       only the emulator
          --latency MS       delay of every API answer (0)
          --rpm N            API requests a minute and organisation (1000)
          --help             this text

        The data is laid out backwards from the first start and stays the same in later ones; sandbox.json in the data
        directory remembers that instant. Without that file, and after sixty days, it is laid out anew.
        """;

    public int Tickets { get; init; } = 5000;

    public int Seed { get; init; } = 1;

    public int Port { get; init; } = 5199;

    public int ConsolePort { get; init; } = 5080;

    public string? Data { get; init; }

    public bool HasConsole { get; init; } = true;

    public int Latency { get; init; }

    public int RequestsPerMinute { get; init; } = 1000;

    public bool IsHelp { get; init; }

    /// <exception cref="LaunchException">An option is unknown or its value is not usable.</exception>
    public static LaunchOptions Read(string[] arguments)
    {
        var options = new LaunchOptions();
        for (var position = 0; position < arguments.Length; position++)
        {
            var option = arguments[position];
            options = option switch
            {
                "--tickets" => options with { Tickets = Number(20, 5_000_000) },
                "--seed" => options with { Seed = Number(0, int.MaxValue) },
                "--port" => options with { Port = Number(1, 65_535) },
                "--console-port" => options with { ConsolePort = Number(1, 65_535) },
                "--data" => options with { Data = Value() },
                "--no-console" => options with { HasConsole = false },
                "--latency" => options with { Latency = Number(0, 600_000) },
                "--rpm" => options with { RequestsPerMinute = Number(1, 1_000_000) },
                "--help" or "-h" => options with { IsHelp = true },
                _ => throw new LaunchException($"{option} is not an option here. --help lists what there is."),
            };

            string Value() => ++position < arguments.Length ? arguments[position] : throw new LaunchException($"{option} needs a value.");

            int Number(int least, int most)
            {
                var text = Value();
                return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                    ? number
                    : throw new LaunchException(string.Create(CultureInfo.InvariantCulture, $"{option} takes a number from {least} to {most}, not {text}."));
            }
        }

        return options;
    }
}
