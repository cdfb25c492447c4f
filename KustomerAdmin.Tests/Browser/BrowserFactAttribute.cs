namespace KustomerAdmin.Tests.Browser;

/// <summary>
/// A test that drives a real browser. Without one it is skipped and says how to get one; with BROWSER_REQUIRED=true it fails instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (!File.Exists(Chromium.Path) && !IsRequired)
        {
            Skip = $"There is no browser at {Chromium.Path}. Install one (Debian: apt-get install chromium), or name one with CHROMIUM.";
        }
    }

    private static bool IsRequired => string.Equals(Environment.GetEnvironmentVariable("BROWSER_REQUIRED"), "true", StringComparison.OrdinalIgnoreCase);
}
