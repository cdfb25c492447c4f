namespace KustomerAdmin.Integrations;

/// <summary>Replaced keys that somebody should still delete in Kustomer, by their last four characters, as an instance keeps them.</summary>
public static class OldKeys
{
    private const int MostRemembered = 20;

    internal static string? With(string? kept, string? lastFour) =>
        lastFour is null ? kept : string.Join(' ', [.. All(kept).Where(other => !string.Equals(other, lastFour, StringComparison.Ordinal)).TakeLast(MostRemembered - 1), lastFour]);

    internal static string? Without(string? kept, string lastFour) =>
        string.Join(' ', All(kept).Where(other => !string.Equals(other, lastFour, StringComparison.Ordinal))) is { Length: > 0 } others ? others : null;

    public static IReadOnlyList<string> All(string? kept) => kept?.Split(' ') ?? [];
}
