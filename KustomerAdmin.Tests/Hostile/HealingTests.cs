using KustomerAdmin.Kustomer;
using Xunit.Abstractions;

namespace KustomerAdmin.Tests.Hostile;

/// <summary>
/// One fault at a time, and nobody who does anything about it: in the end all tickets are there, each once, as Kustomer has them; the console has provoked no
/// answer 429, and people are told what happened.
/// </summary>
public abstract class HealingTests(ITestOutputHelper output)
{
    private static readonly Patience s_short = new() { Attempt = TimeSpan.FromSeconds(1.5) };

    private readonly List<string> _ill = [];
    private int _healed;

    /// <summary>Prints each fault, what was told of it, and how many healed.</summary>
    protected async Task AllHealAsync(bool isFirstLoad)
    {
        await using (var place = await HealingPlace.StartAsync())
        {
            await HealAsync(place, isFirstLoad, HealingCases.Usual);
        }

        await using (var impatient = await HealingPlace.StartAsync(s_short))
        {
            await HealAsync(impatient, isFirstLoad, HealingCases.Slow);
        }

        foreach (var minutes in (int[])[5, 20])
        {
            await using var late = await HealingPlace.StartAsync(indexLag: TimeSpan.FromMinutes(minutes));
            await HealAsync(late, isFirstLoad, [new HealingCase("R22", $"search {minutes} minutes late", null) { Nights = 1 }]);
        }

        output.WriteLine($"{_healed} of {_healed + _ill.Count} heal");
        _ill.ShouldBeEmpty();
    }

    private async Task HealAsync(HealingPlace place, bool isFirstLoad, IEnumerable<HealingCase> cases)
    {
        foreach (var one in cases)
        {
            var (told, wrong) = await place.HealAsync(one, isFirstLoad);
            var line = $"{one.Row} {one.Name}: {wrong ?? "heals"} [{told}]";
            output.WriteLine(line);
            if (wrong is null)
            {
                _healed++;
            }
            else
            {
                _ill.Add(line);
            }
        }
    }
}

/// <summary>The matrix takes a moment of real time in which nothing happens for idleness: other tests beside it would make it move its clock too early.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class HealingFirstLoadTests(ITestOutputHelper output) : HealingTests(output)
{
    [Fact]
    public Task SingleFault_InAFirstLoad_HealsByItself() => AllHealAsync(isFirstLoad: true);
}

[Collection(Alone.Name)]
public sealed class HealingUpdateTests(ITestOutputHelper output) : HealingTests(output)
{
    [Fact]
    public Task SingleFault_InAnUpdate_HealsByItself() => AllHealAsync(isFirstLoad: false);
}
