using KustomerAdmin.Benchmarks;

const string Help = """
    dotnet run -c Release --project KustomerAdmin.Benchmarks -- sync [--tickets N] [--latency MS] [--rpm N]

      --tickets N   conversations to sync (20000)
      --latency MS  delay of every answer of the sandbox (0)
      --rpm N       requests a minute that the sandbox allows (100000)

    dotnet run -c Release --project KustomerAdmin.Benchmarks -- viewer [--tickets N] [--latency MS] [--rpm N]

      --tickets N   conversations to choose from (20000)
    """;

switch (args)
{
    case ["sync", .. var rest] when SyncOptions.Read(rest) is { } options:
        await SyncBenchmark.RunAsync(options);
        return 0;
    case ["viewer", .. var rest] when SyncOptions.Read(rest) is { } options:
        await ViewerBenchmark.RunAsync(options);
        return 0;
    default:
        await Console.Error.WriteLineAsync(Help);
        return 2;
}
