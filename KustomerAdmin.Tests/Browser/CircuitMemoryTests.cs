using System.Diagnostics;
using System.Globalization;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace KustomerAdmin.Tests.Browser;

/// <summary>What a circuit holds while a ticket of two thousand messages is open in it.</summary>
[Collection(KustomerAdmin.Tests.Hostile.Alone.Name)]
public sealed class CircuitMemoryTests(ITestOutputHelper output)
{
    private const int Circuits = 8;
    private const double Most = 15;

    [BrowserFact]
    public async Task Circuits_EachWithTwoThousandMessages_HoldAtMost15MBEach()
    {
        await using var kustomer = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 60, IndexLag = TimeSpan.Zero, RequestsPerMinute = 100_000 }, CancellationToken.None);
        await using var console = TestApp.Start(("Kustomer:ApiUrlTemplate", kustomer.BaseAddress.AbsoluteUri));
        var acme = kustomer.Organization("acme");
        var instanceId = await console.ConnectAsync(acme);
        await console.WaitForAsync(instanceId, instance => instance is { Run: RunState.Idle, LastRanAt: not null });
        var longest = await console.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == acme.LongestConversationId).Select(ticket => ticket.Id).SingleAsync());
        await using var chromium = await Chromium.StartAsync();
        var first = await chromium.OpenAsync(console.Address);
        await first.SignInAsync();
        await OpenAsync(first, longest);
        var (heap, resident) = Measure();

        for (var circuit = 0; circuit < Circuits; circuit++)
        {
            await OpenAsync(await first.Context.NewPageAsync(), longest);
        }

        var (fullHeap, fullResident) = Measure();
        var each = (fullHeap - heap) / Circuits;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{each:N1} MB of heap and {(fullResident - resident) / Circuits:N1} MB resident for each of {Circuits} circuits"));
        each.ShouldBeLessThan(Most);
    }

    private static async Task OpenAsync(Microsoft.Playwright.IPage page, long ticketId)
    {
        await page.GotoAsync($"tickets/{ticketId}");
        await Expect(page.Locator("summary .ticket-meter")).ToContainTextAsync("This view cost");
        await Expect(page.Locator(".ticket-count")).ToContainTextAsync("2,000 messages");
    }

    private static (double Heap, double Resident) Measure()
    {
        const double Mega = 1024 * 1024;
        for (var pass = 0; pass < 3; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var self = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true) / Mega, self.WorkingSet64 / Mega);
    }
}
