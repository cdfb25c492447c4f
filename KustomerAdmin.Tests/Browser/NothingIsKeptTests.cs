using System.Text;
using System.Text.RegularExpressions;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KustomerAdmin.Tests.Browser;

/// <summary>
/// A day of reading in a browser with a profile. The emulator marks every text; afterwards no mark, and no image that was shown, is in the console's
/// files, its log, the temporary directory or the profile.
/// </summary>
[Collection(KustomerAdmin.Tests.Hostile.Alone.Name)]
public sealed partial class NothingIsKeptTests
{
    private const int Tickets = 50;
    private const int Previews = 15;

    private static readonly string[] s_marks = ["msgtext-", "notetext-", "filetext-", "previewtext-"];

    private static readonly EnumerationOptions s_all = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    [BrowserFact]
    public async Task FiftyTickets_ReadWithTheirFiles_LeaveNothingBehind()
    {
        var started = TimeProvider.System.GetUtcNow().UtcDateTime;
        var profile = Directory.CreateTempSubdirectory("profile-of-a-test-");
        await using var kustomer = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 200, Seed = 4711, IndexLag = TimeSpan.Zero }, CancellationToken.None);
        await using var console = TestApp.Start(("Kustomer:ApiUrlTemplate", kustomer.BaseAddress.AbsoluteUri), ("Logging:LogLevel:Default", "Debug"));
        try
        {
            var instanceId = await console.ConnectAsync(kustomer.Organization("acme"));
            await console.WaitForAsync(instanceId, instance => instance is { Run: RunState.Idle, LastRanAt: not null });
            HashSet<string> marks = new(StringComparer.Ordinal);

            await Chromium.BrowseAsync(console.Address, profile.FullName, page => ReadAllAsync(page, marks));

            string.Join(' ', marks.Select(mark => mark.Split('-')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)).ShouldBe("filetext image msgtext notetext", "all of them were seen");
            byte[][] images = [.. marks.Where(mark => mark.StartsWith("image-", StringComparison.Ordinal)).Select(mark => Convert.FromBase64String(mark[6..]))];
            Holding(console.FilesOnDisk(), images).ShouldBeEmpty("the console's files");
            Holding(FilesOf(profile), images).ShouldBeEmpty("the browser's profile");
            Holding(console.Log.All.Select(line => ("log", Encoding.UTF8.GetBytes(line))), images).ShouldBeEmpty("the log");

            // Other programs' files are there too; what they hold of the same words is not what was read here.
            Holding(ChangedSince(started), images).Where(file => marks.Any(mark => File.Exists(file) && File.ReadAllText(file).Contains(mark, StringComparison.Ordinal))).ShouldBeEmpty("the temporary directory");
            FilesOf(profile).Where(file => file.File.Contains("/Cache/", StringComparison.Ordinal) && Encoding.Latin1.GetString(file.Content).Contains("/attachments/", StringComparison.Ordinal))
                .Select(file => file.File).ShouldBeEmpty("no-store holds");
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    private static async Task ReadAllAsync(IPage page, HashSet<string> marks)
    {
        await page.SignInAsync();
        await page.GotoAsync("tickets?sort=messageCount");
        await page.Locator(".ticket-table tbody a").First.ClickAsync();
        var ticket = page.Locator(".ticket-crumb code");
        var previewed = 0;
        for (var read = 1; ; read++)
        {
            await Expect(page.Locator("summary .ticket-meter")).ToContainTextAsync("This view cost");
            Collect(marks, await page.Locator(".timeline").InnerTextAsync());
            var files = page.Locator(".entry-preview");
            for (var left = Math.Min(await files.CountAsync(), Previews - previewed); left > 0; left--, previewed++)
            {
                await ShowAsync(page, files.Nth(left - 1), marks);
            }

            if (read == Tickets)
            {
                break;
            }

            var before = await ticket.InnerTextAsync();
            await page.Locator("[rel=next]").ClickAsync();
            await Expect(ticket).Not.ToHaveTextAsync(before);
        }

        (await page.EvaluateAsync<int>("async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length + (await caches.keys()).length"))
            .ShouldBe(0, "nothing is kept in the browser's storage");
    }

    private static async Task ShowAsync(IPage page, ILocator button, HashSet<string> marks)
    {
        var answer = await page.RunAndWaitForResponseAsync(() => button.ClickAsync(), response => response.Url.Contains("/attachments/", StringComparison.Ordinal));
        if (answer.Headers["content-type"] is not "application/pdf")
        {
            Collect(marks, await answer.TextAsync());
        }

        await button.ClickAsync();
        await Expect(page.Locator("iframe")).ToHaveCountAsync(0);
    }

    private static void Collect(HashSet<string> marks, string text)
    {
        marks.UnionWith(Mark().Matches(text).Select(mark => mark.Value));
        marks.UnionWith(Image().Matches(text).Select(image => "image-" + image.Groups["data"].Value));
    }

    /// <summary>The files that hold one of the emulator's marks, as bytes or as UTF-16, or an image that was shown.</summary>
    private static IEnumerable<string> Holding(IEnumerable<(string File, byte[] Content)> files, byte[][] images)
    {
        byte[][] needles = [.. s_marks.Select(Encoding.UTF8.GetBytes), .. s_marks.Select(Encoding.Unicode.GetBytes), .. images];
        return files.Where(file => Array.Exists(needles, needle => file.Content.AsSpan().IndexOf(needle) >= 0)).Select(file => file.File);
    }

    private static IEnumerable<(string File, byte[] Content)> ChangedSince(DateTime started) =>
        new DirectoryInfo(Path.GetTempPath()).EnumerateFiles().Where(file => file.LastWriteTimeUtc >= started)
            .Concat(new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories().Where(directory => directory.CreationTimeUtc >= started).SelectMany(directory => directory.EnumerateFiles("*", s_all)))
            .SelectMany(Read);

    private static IEnumerable<(string File, byte[] Content)> FilesOf(DirectoryInfo directory) => directory.EnumerateFiles("*", s_all).SelectMany(Read);

    /// <summary>Other programs' files come and go while they are looked through, and pipes, which have no length, would be waited for.</summary>
    private static IEnumerable<(string File, byte[] Content)> Read(FileInfo file)
    {
        try
        {
            return file.Length is 0 or > 200_000_000 ? [] : [(file.FullName, File.ReadAllBytes(file.FullName))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [GeneratedRegex("(msgtext|notetext|filetext|previewtext)-[0-9a-f]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex("data:image/[a-z]+;base64,(?<data>[A-Za-z0-9+/=]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Image();
}
