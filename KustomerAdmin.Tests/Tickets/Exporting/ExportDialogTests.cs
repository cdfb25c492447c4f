using System.IO.Pipelines;
using Bunit;
using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tests.Tickets.Searching;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Tickets.Exporting;

/// <summary>The dialog with the console's own services.</summary>
public sealed class ExportDialogTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _browser = new();
    private Workplace _place = null!;
    private AsyncServiceScope _circuit;
    private long _acmeId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _acmeId = await App.ConnectAsync(_place.Acme);
        await App.RunSyncAsync(_acmeId);
        _circuit = await App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddRadzenComponents();
        _browser.Services.AddScoped<ViewerClock>();
        _browser.Services.AddSingleton<TimeProvider>(_place.Clock);
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<TicketExport>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<TicketSearch>());
        _browser.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Dialog_Opened_SaysWhatItWouldExportAndWhatItWouldNot()
    {
        await App.ChangeStoredAsync(async db => (await db.MetadataFields.SingleAsync(field => field.Key == "custom.orderValueNum")).Storage = FieldStorage.Excluded);

        var dialog = await OpenAsync(new TicketQuery { Columns = ["subject", "custom.orderValueNum", "status"] });

        var stored = await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.DeletedAt == null));
        await dialog.WaitForAssertionAsync(() => dialog.Find(".export > p").TextContent.ShouldContain($"the {stored} tickets of this list"), s_patience);
        dialog.FindAll(".export-columns li").Select(item => item.TextContent).ShouldBe(["Ticket id", "Subject", "Status"]);
        dialog.Find("[role=note]").TextContent.ShouldContain("Order value");
    }

    [Fact]
    public async Task Dialog_OfAListThatIsLongToCount_OpensMeanwhile()
    {
        await App.MakeTicketsEndlessAsync();

        var dialog = await OpenAsync(new TicketQuery { Columns = ["subject"] });

        dialog.Find(".export > p").TextContent.ShouldStartWith("Exports all tickets of this list");
        await dialog.InvokeAsync(dialog.Instance.Dispose);
    }

    [Fact]
    public async Task Export_Pressed_LetsTheBrowserDownloadAndFollowsItToItsEnd()
    {
        var dialog = await OpenAsync(new TicketQuery { Columns = ["subject"] });

        await dialog.ActAsync(at => at.Find(".button-primary").ClickAsync(new()));

        var address = _browser.JSInterop.Invocations["KustomerAdmin.download"].ShouldHaveSingleItem().Arguments[0].ShouldBeOfType<string>();
        dialog.Find(".export-live").TextContent.ShouldContain("Waiting for the browser");
        dialog.Find("[aria-live]").TextContent.Trim().ShouldBe("The export has begun.", "rows that are counted several times a second are not read out");
        using var browser = await App.OpenBrowserAsync();
        var rows = CsvFile.Read(await browser.GetByteArrayAsync(address));
        _place.Clock.Advance(TimeSpan.FromSeconds(1));
        await dialog.WaitForAssertionAsync(() => dialog.Find("[aria-live]").TextContent.ShouldContain($"Done: {rows.Count - 1} rows exported."), s_patience);
        rows[0].ShouldBe(["Ticket id", "Subject"]);
        dialog.Find(".button-primary").TextContent.ShouldBe("Export again");
    }

    [Fact]
    public async Task Export_WhileTicketsAreStored_SaysThatTheyMayBeMissingOrTwice()
    {
        var dialog = await OpenAsync(new TicketQuery { Columns = ["subject"] });
        await dialog.ActAsync(at => at.Find(".button-primary").ClickAsync(new()));
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var written = WriteAsync(pipe.Writer);
        var header = await pipe.Reader.ReadAsync();

        _place.Clock.Advance(TimeSpan.FromMinutes(1));
        _place.Acme.Create("Came meanwhile");
        await App.RunSyncAsync(_acmeId);
        pipe.Reader.AdvanceTo(header.Buffer.End);
        await pipe.Reader.CopyToAsync(Stream.Null);
        await written;

        _place.Clock.Advance(TimeSpan.FromSeconds(1));
        const string Said = "Tickets were stored meanwhile: those that changed may be missing from the file, or stand in it twice.";
        await dialog.WaitForAssertionAsync(() => dialog.Find(".export-live").TextContent.Trim().ShouldEndWith($"rows exported. {Said}"), s_patience);
        (await App.StoredAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.TicketsExported).Select(entry => entry.Detail).SingleAsync())).ShouldNotBeNull().ShouldEndWith($" rows. {Said}");
    }

    [Fact]
    public async Task Id_NotWanted_IsLeftOut()
    {
        var dialog = await OpenAsync(new TicketQuery { Columns = ["subject"] });

        await dialog.ActAsync(at => at.Find("input[type=checkbox]").ChangeAsync(new() { Value = false }));
        await dialog.ActAsync(at => at.Find(".button-primary").ClickAsync(new()));

        using var browser = await App.OpenBrowserAsync();
        CsvFile.Read(await browser.GetByteArrayAsync((string)_browser.JSInterop.Invocations["KustomerAdmin.download"].Single().Arguments[0]!))[0].ShouldBe(["Subject"]);
    }

    [Fact]
    public async Task Export_WhileTwoOthersRun_SaysWhyNot()
    {
        App.Exports.Begin(Actor.Admin("1", "ben@example.com", null), Order(), out _);
        App.Exports.Begin(Actor.Admin("2", "cyd@example.com", null), Order(), out _);
        var dialog = await OpenAsync(new TicketQuery());

        await dialog.ActAsync(at => at.Find(".button-primary").ClickAsync(new()));

        dialog.Find("[role=alert]").TextContent.ShouldContain("2 exports are running already");
        _browser.JSInterop.Invocations["KustomerAdmin.download"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Dialog_OpenedAgain_ShowsTheExportThatRunsAndCancelsIt()
    {
        var first = await OpenAsync(new TicketQuery());
        await first.ActAsync(at => at.Find(".button-primary").ClickAsync(new()));
        await first.InvokeAsync(first.Instance.Dispose);

        var dialog = await OpenAsync(new TicketQuery());
        dialog.Find(".export-live").TextContent.ShouldContain("Waiting for the browser");
        await dialog.ActAsync(at => at.Find(".export-buttons .button").ClickAsync(new()));

        _place.Clock.Advance(TimeSpan.FromSeconds(1));
        await dialog.WaitForAssertionAsync(() => dialog.Find(".export-live").TextContent.ShouldContain("Cancelled after 0 rows"), s_patience);
        dialog.Find(".button-primary").TextContent.ShouldBe("Export again");
    }

    [Fact]
    public async Task Export_NeverFetched_SaysWhatMayBeWrong()
    {
        var dialog = await OpenAsync(new TicketQuery());
        await dialog.ActAsync(at => at.Find(".button-primary").ClickAsync(new()));

        _place.Clock.Advance(TimeSpan.FromSeconds(31));

        await dialog.WaitForAssertionAsync(() => dialog.Find(".export-failed").TextContent.ShouldContain("did not fetch the file"), s_patience);
    }

    private Task<bool> WriteAsync(PipeWriter output) => App.AsAdminAsync<TicketExport, bool>(async exports =>
    {
        var export = (await exports.CurrentAsync(CancellationToken.None)).ShouldNotBeNull();
        await exports.CollectAsync(export.Key, static () => { }, CancellationToken.None);
        await exports.WriteAsync(export, output, CancellationToken.None);
        await output.CompleteAsync();
        return true;
    });

    private ExportOrder Order() => new(new TicketQuery(), new ViewerTime(_place.Clock.GetUtcNow(), TimeZoneInfo.Utc), []);

    private async Task<IRenderedComponent<ExportDialog>> OpenAsync(TicketQuery query)
    {
        var dialog = _browser.Render<ExportDialog>(parameters => parameters.Add(component => component.Query, query));
        await dialog.WaitForAssertionAsync(() => dialog.Find(".export-buttons").ShouldNotBeNull(), s_patience);
        return dialog;
    }
}
