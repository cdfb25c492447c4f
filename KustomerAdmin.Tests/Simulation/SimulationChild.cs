using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>
/// The process in which seeds are played. Its thread pool has one thread, which only a process can decide that begins: so no seed depends on what else
/// the machine does, and every core can play other seeds at the same time.
/// </summary>
internal static class SimulationChild
{
    public const string Name = "seeds";

    /// <summary>Of a failing seed the output says this, then what happened.</summary>
    public const string Broken = "BROKEN";

    private const int MostBroken = 3;

    /// <summary>Plays first, first + step, … up to last; prints a line for each.</summary>
    public static ProcessStartInfo Of(int first, int last, int step)
    {
        var start = ChildProcess.Of([Name, .. ((int[])[first, last, step]).Select(static number => number.ToString(CultureInfo.InvariantCulture))]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        start.Environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "1";
        start.Environment["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1";

        // The first minute is spent on compiling; what would measure the compiled code costs more than it gives.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var numbers = Array.ConvertAll(args, static arg => int.Parse(arg, CultureInfo.InvariantCulture));
        if (numbers is not [var first, var last, var step, .. var most])
        {
            return 2;
        }

        var left = most is [var many] ? many : MostBroken;
        await using var database = await SimulatedDatabase.CreateAsync();
        for (var seed = first; seed <= last && left > 0; seed += step)
        {
            var directory = database.Copy();
            using var simulation = new SeedRun(seed, directory);
            try
            {
                await simulation.RunAsync();
                Console.WriteLine($"{seed} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(simulation.Trace)))}");
            }
            catch (Exception exception)
            {
                left--;
                Console.WriteLine($"""
                    {Broken} {seed}: {(exception is SimulationException ? exception.Message : exception)}
                    KUSTOMERADMIN_SEED={seed} dotnet test KustomerAdmin.Tests --filter FullyQualifiedName~{nameof(SimulationTests)}
                    {simulation.Story}
                    """);
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }

        return 0;
    }
}
