namespace KustomerAdmin.Sandbox.Data;

/// <summary>Chance without state: the same place and salt always give the same number, in any order of asking.</summary>
internal readonly struct Draw(ulong state)
{
    public static Draw Of(int seed, string place)
    {
        var state = Mix((ulong)seed + 0x51ED270B);
        foreach (var letter in place)
        {
            state = Mix(state ^ letter);
        }

        return new Draw(state);
    }

    public Draw At(int index) => new(Mix(state ^ (0xA0761D6478BD642FUL * (ulong)(index + 1))));

    public ulong Bits(Salt salt, int part = 0) => Mix(state + ((ulong)salt * 0x9E3779B97F4A7C15UL) + ((ulong)part * 0xE7037ED1A0B428DBUL));

    public int Below(Salt salt, int bound, int part = 0) => (int)((Bits(salt, part) >> 32) * (ulong)bound >> 32);

    public double Unit(Salt salt, int part = 0) => (Bits(salt, part) >> 11) * (1.0 / (1UL << 53));

    public bool Chance(Salt salt, int percent, int part = 0) => Below(salt, 100, part) < percent;

    public T Pick<T>(Salt salt, T[] choices, int part = 0) => choices[Below(salt, choices.Length, part)];

    /// <summary>Between the two, nearer to the first more often.</summary>
    public long Skewed(Salt salt, long least, long most, int part = 0)
    {
        var unit = Unit(salt, part);
        return least + (long)((most - least) * unit * unit * unit);
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
