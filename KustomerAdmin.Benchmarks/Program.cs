using KustomerAdmin.Benchmarks;

const string Help = """
    dotnet run -c Release --project KustomerAdmin.Benchmarks -- sync [--tickets N] [--latency MS] [--rpm N]

      --tickets N   conversations to sync (20000)
      --latency MS  delay of every answer of the sandbox (0)
      --rpm N       requests a minute that the sandbox allows (100000)
    """;

if (args is not ["sync", .. var rest] || SyncOptions.Read(rest) is not { } options)
{
    await Console.Error.WriteLineAsync(Help);
    return 2;
}

await SyncBenchmark.RunAsync(options);
return 0;
