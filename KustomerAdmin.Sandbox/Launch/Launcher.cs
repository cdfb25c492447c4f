namespace KustomerAdmin.Sandbox.Launch;

/// <summary>Starts the emulator, then the console, and stops both together.</summary>
internal sealed class Launcher(LaunchOptions options, TimeProvider clock)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        Ports.RequireFree(options.Port, "the emulated API", "--port");
        if (options.HasConsole)
        {
            Ports.RequireFree(options.ConsolePort, "the console", "--console-port");
        }

        var directory = DataDirectory.Find(options.Data);
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Port = options.Port,
                Tickets = options.Tickets,
                Seed = options.Seed,
                Anchor = DataDirectory.Anchor(directory, options, clock),
                Latency = TimeSpan.FromMilliseconds(options.Latency),
                RequestsPerMinute = options.RequestsPerMinute,
                Clock = clock,
            },
            stop);
        await Console.Out.WriteLineAsync(Introduction(server));
        if (options.HasConsole)
        {
            return await RunConsoleAsync(server, directory, stop);
        }

        await Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return 0;
    }

    private async Task<int> RunConsoleAsync(SandboxServer server, string directory, CancellationToken stop)
    {
        using var console = ConsoleProcess.Start(server.BaseAddress, options.ConsolePort, directory);
        try
        {
            await console.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            await console.StopAsync();
            return 0;
        }

        await Console.Error.WriteLineAsync(FormattableString.Invariant($"The console ended by itself with exit code {console.ExitCode}; the sandbox stops as well."));
        return console.ExitCode;
    }

    private string Introduction(SandboxServer server)
    {
        var acme = server.Organization("acme");
        var globex = server.Organization("globex");
        var address = server.BaseAddress.GetLeftPart(UriPartial.Authority);
        var console = options.HasConsole ? FormattableString.Invariant($"http://localhost:{options.ConsolePort} (starting; it prints its own set-up link)") : "not started";
        return FormattableString.Invariant($"""

            ------------------------------------------------------------------------------
             Kustomer sandbox
               API        {address}/v1
               Console    {console}
               Data       acme {acme.ConversationCount} tickets, globex {globex.ConversationCount}; seed {options.Seed}

             Connect with the subdomain acme and this key:

            {acme.Keys.Full}

             Other keys (globex, read-only, without messages, expired, e-mail and password):
               {address}/sandbox/state
             Stop with Ctrl+C.
            ------------------------------------------------------------------------------

            """);
    }
}
