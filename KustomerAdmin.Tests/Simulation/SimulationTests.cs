using System.Diagnostics;
using System.Globalization;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>
/// The engine against a seeded model of Kustomer. KUSTOMERADMIN_SEED replays one seed; KUSTOMERADMIN_SEEDS and KUSTOMERADMIN_FIRST_SEED choose others.
/// It has the machine for itself: it keeps every core busy for minutes.
/// </summary>
[Collection(KustomerAdmin.Tests.Hostile.Alone.Name)]
public sealed class SimulationTests
{
    private const int UsualSeeds = 1_000;

    [Fact]
    public async Task Engine_AnySeed_KeepsItsInvariants()
    {
        var only = Setting("KUSTOMERADMIN_SEED");
        var first = only ?? Setting("KUSTOMERADMIN_FIRST_SEED") ?? 1;
        var seeds = only is null ? Setting("KUSTOMERADMIN_SEEDS") ?? UsualSeeds : 1;
        var processes = Math.Clamp(Environment.ProcessorCount, 1, Math.Min(seeds, 4));

        var told = await Task.WhenAll(Enumerable.Range(0, processes).Select(process => PlayAsync(first + process, first + seeds - 1, processes)));

        told.Where(static text => text.Contains(SimulationChild.Broken, StringComparison.Ordinal)).ShouldBeEmpty();
        told.Sum(static text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length).ShouldBe(seeds);
    }

    [Fact]
    public async Task Seed_PlayedByTwoProcesses_TellsTheSame()
    {
        var told = await Task.WhenAll(PlayAsync(1, 10, 1), PlayAsync(1, 10, 1));

        told[0].ShouldBe(told[1]);
    }

    /// <returns>A line for each seed, and more of those that failed.</returns>
    private static async Task<string> PlayAsync(int first, int last, int step)
    {
        using var child = Process.Start(SimulationChild.Of(first, last, step))!;
        var told = child.StandardOutput.ReadToEndAsync();
        var complaint = child.StandardError.ReadToEndAsync();
        await child.WaitForExitAsync();
        child.ExitCode.ShouldBe(0, await complaint);
        return await told;
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
