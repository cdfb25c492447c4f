using Microsoft.Playwright;

namespace KustomerAdmin.Tests.Browser;

/// <summary>Pictures for people to look at: wide and phone, light and dark.</summary>
internal static class Screenshots
{
    private static readonly (string Name, int Width, int Height)[] s_sizes = [("wide", 1440, 900), ("phone", 390, 844)];

    public static async Task TakeAsync(this IPage page, string name)
    {
        var directory = System.IO.Path.Combine(RepositoryRoot(), "artifacts", "screenshots");
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            foreach (var (size, width, height) in s_sizes)
            {
                await page.SetViewportSizeAsync(width, height);
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = System.IO.Path.Combine(directory, $"{name}-{size}-{scheme.ToString().ToLowerInvariant()}.png") });
            }
        }

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(s_sizes[0].Width, s_sizes[0].Height);
    }

    private static string RepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "KustomerAdmin.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("The solution was not found above the tests.");
    }
}
