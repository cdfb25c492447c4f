using KustomerAdmin.Fields;
using KustomerAdmin.Sync.Storing;

namespace KustomerAdmin.Benchmarks;

/// <summary>A custom field of the invented organisation: how many tickets have it, and which value one of them has.</summary>
internal sealed record SampleField(FieldKey Key, double Share, Func<Random, int, MappedValue> Draw)
{
    private const int Countries = 60;
    private const int Products = 5_000;
    private const int Words = 3_000;

    private static readonly string[] s_syllables = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu"];

    /// <summary>60 fields; a ticket has 14 of them on average. The first ones are those that the queries ask for.</summary>
    public static readonly IReadOnlyList<SampleField> All = [.. Asked(), .. Enumerable.Range(1, 50).Select(Other)];

    /// <summary>Low numbers far more often than high ones, as in life.</summary>
    public static int Skewed(Random random, int count) => (int)(count * Math.Pow(random.NextDouble(), 3));

    /// <summary>The same number is the same word.</summary>
    public static string Word(int number) => string.Create(8, number, static (word, number) =>
    {
        for (var index = 0; index < 4; index++, number /= 15)
        {
            s_syllables[(number + (index * 7)) % 15].CopyTo(word[(2 * index)..]);
        }
    });

    private static IEnumerable<SampleField> Asked() =>
    [
        Text("tierStr", 1, static (random, _) => random.NextDouble() switch { < 0.63 => "standard", < 0.85 => "plus", < 0.95 => "premium", _ => "trial" }),
        Text("orderNumberStr", 0.4, static (_, number) => $"ORD-{number:D8}"),
        Number("orderValueNum", 0.6, static random => Math.Round(-80 * Math.Log(1 - random.NextDouble()), 2)),
        Date("deliveredAt", 0.5, static random => SampleTickets.End.AddMinutes(-random.Next(2 * 365 * 24 * 60))),
        YesNo("isGiftBool", 0.45, 0.2),
        Text("remarkStr", 0.4, static (random, _) => string.Join(' ', Enumerable.Range(0, 6).Select(_ => Word(Skewed(random, Words))))),
        Text("countryStr", 0.8, static (random, _) => Word(Skewed(random, Countries))),
        Text("productStr", 0.7, static (random, _) => "product " + Word(Skewed(random, Products))),
        Number("itemsNum", 0.5, static random => 1 + Skewed(random, 20)),
        Text("warehouseStr", 0.5, static (random, _) => Word(random.Next(12))),
    ];

    private static SampleField Other(int number)
    {
        var share = Math.Min(0.9, 2.11 / number);
        var values = number * number;
        return (number % 4) switch
        {
            0 => Number($"field{number}Num", share, random => Skewed(random, values)),
            1 => Text($"field{number}Str", share, (random, _) => Word(Skewed(random, values))),
            2 => YesNo($"field{number}Bool", share, 0.3),
            _ => Date($"field{number}At", share, static random => SampleTickets.End.AddHours(-Skewed(random, 2 * 365 * 24))),
        };
    }

    private static SampleField Text(string name, double share, Func<Random, int, string> draw)
    {
        var key = FieldKey.Custom(name);
        return new SampleField(key, share, (random, number) => new MappedValue(key, draw(random, number), null, null));
    }

    private static SampleField Number(string name, double share, Func<Random, double> draw)
    {
        var key = FieldKey.Custom(name);
        return new SampleField(key, share, (random, _) => new MappedValue(key, null, draw(random), null));
    }

    private static SampleField Date(string name, double share, Func<Random, DateTimeOffset> draw)
    {
        var key = FieldKey.Custom(name);
        return new SampleField(key, share, (random, _) => new MappedValue(key, null, null, draw(random)));
    }

    private static SampleField YesNo(string name, double share, double yes) => Number(name, share, random => random.NextDouble() < yes ? 1 : 0);
}
