namespace KustomerAdmin.Shell;

/// <summary>
/// Light, dark, or as the viewer's system has it. Both stylesheets are always linked and the choice is the media they apply
/// to: the right one shows from the first paint, and changing it needs no reload. <c>theme.js</c> writes the cookie.
/// </summary>
internal sealed record Theme(string Name, string LightMedia, string DarkMedia)
{
    public const string Cookie = "kadm-theme";

    public static Theme System { get; } = new("system", "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)");

    public static Theme Named(string? name) => name switch
    {
        "light" => new Theme("light", "all", "not all"),
        "dark" => new Theme("dark", "not all", "all"),
        _ => System,
    };
}
