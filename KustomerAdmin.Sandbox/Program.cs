using KustomerAdmin.Sandbox.Launch;

namespace KustomerAdmin.Sandbox;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            var options = LaunchOptions.Read(arguments);
            if (options.IsHelp)
            {
                await Console.Out.WriteLineAsync(LaunchOptions.Help);
                return 0;
            }

            using var stop = new StopSignal();
            return await new Launcher(options, TimeProvider.System).RunAsync(stop.Token);
        }
        catch (LaunchException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 2;
        }
    }
}
