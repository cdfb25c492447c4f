using KustomerAdmin.Benchmarks;

const string Help = """
    dotnet run -c Release --project KustomerAdmin.Benchmarks -- sync [--tickets N] [--latency MS] [--rpm N]

      --tickets N   conversations to sync (20000)
      --latency MS  delay of every answer of the sandbox (0)
      --rpm N       requests a minute that the sandbox allows (100000)

    dotnet run -c Release --project KustomerAdmin.Benchmarks -- filters [--tickets N] [--runs N]

      --tickets N   tickets to search in (1000000); they are made once and kept in the temporary directory
      --runs N      of each query (20)

    dotnet run -c Release --project KustomerAdmin.Benchmarks -- export [--tickets N]

      --tickets N   tickets to export (1000000); the same that filters searches in

    dotnet run -c Release --project KustomerAdmin.Benchmarks -- purge [--tickets N]

      --tickets N   tickets of which a field is excluded (1000000); a copy of those that filters searches in

    dotnet run -c Release --project KustomerAdmin.Benchmarks -- viewer [--tickets N] [--latency MS] [--rpm N]

      --tickets N   conversations to choose from (20000)
    """;

switch (args)
{
    case ["sync", .. var rest] when SyncOptions.Read(rest) is { } options:
        await SyncBenchmark.RunAsync(options);
        return 0;
    case ["filters", .. var rest] when FilterOptions.Read(rest) is { } options:
        await FilterBenchmark.RunAsync(options);
        return 0;
    case ["export", .. var rest] when FilterOptions.Read(rest) is { } options:
        await ExportBenchmark.RunAsync(options.Tickets);
        return 0;
    case ["purge", .. var rest] when FilterOptions.Read(rest) is { } options:
        await PurgeBenchmark.RunAsync(options.Tickets);
        return 0;
    case ["viewer", .. var rest] when SyncOptions.Read(rest) is { } options:
        await ViewerBenchmark.RunAsync(options);
        return 0;
    default:
        await Console.Error.WriteLineAsync(Help);
        return 2;
}
