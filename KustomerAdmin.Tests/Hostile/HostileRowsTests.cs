using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tests.Tickets;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Hostile;

/// <summary>Faults that stay, or leave something behind: what of them may be seen, stored and sent.</summary>
public sealed class HostileRowsTests : IAsyncLifetime
{
    private const string Search = "/v1/customers/search";

    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(settings: ("Logging:LogLevel:Default", "Trace"));
        _instanceId = await App.ConnectAsync(_place.Acme);
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Theory]
    [InlineData(FaultKind.MalformedJson)]
    [InlineData(FaultKind.TruncatedJson)]
    [InlineData(FaultKind.Utf16)]
    [InlineData(FaultKind.HtmlPage)]
    public async Task R1_Answer_ThatStaysUnreadable_MovesNoCursorAndIsNotLogged(FaultKind kind)
    {
        await App.RunSyncAsync(_instanceId);
        var before = await App.InstanceAsync(_instanceId);
        var created = _place.Acme.Create("a subject that no log may hold");
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = Search, Kind = kind });
        var searches = _place.Searches;

        var run = await RunAsync();

        run.Outcome.ShouldBe(RunOutcome.Failed);
        (_place.Searches - searches).ShouldBe(kind is FaultKind.HtmlPage ? 1 : 2, "asked again once where that may help");
        (await App.InstanceAsync(_instanceId)).SyncCursor.ShouldBe(before.SyncCursor);
        (await App.StoredAsync(db => db.Tickets.AnyAsync(ticket => ticket.KustomerId == created))).ShouldBeFalse();
        App.Log.All.ShouldAllBe(line => !line.Contains("a subject that no log may hold") && !line.Contains("<!doctype html><html><head><title>Sign in"));
    }

    [Theory]
    [InlineData(301, "{trap}v1/conversations")]
    [InlineData(302, "{trap}v1/conversations")]
    [InlineData(307, "{trap}v1/customers/search")]
    [InlineData(308, "{trap}v1/customers/search")]
    [InlineData(308, "{sandbox}v1/customers/search")]
    [InlineData(302, "/v1/customers/search")]
    public async Task R5_Redirect_AnywhereOrInALoop_IsNotFollowed(int status, string location)
    {
        await using var trap = await LocalServer.AnsweringAsync("""{"data":[]}""");
        var target = location.Replace("{trap}", trap.Address.AbsoluteUri, StringComparison.Ordinal).Replace("{sandbox}", _place.Sandbox.BaseAddress.AbsoluteUri, StringComparison.Ordinal);
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = Search, Kind = FaultKind.Redirect, Status = status, Location = target });

        var sent = _place.Sandbox.Requests.Counts.Values.Sum();

        var run = await App.RunSyncAsync(_instanceId);

        run.Outcome.ShouldBe(RunOutcome.Failed);
        run.Note.ShouldNotBeNull().ShouldStartWith($"The answer was an unexpected redirect to {(target[0] == '/' ? "another address" : "127.0.0.1")}. It was not followed.");
        trap.Requests.ShouldBeEmpty();
        _place.Sandbox.Requests.Counts.Values.Sum().ShouldBe(sent + 1);
        (await App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync())).Detail.ShouldNotBeNull().ShouldContain("unexpected redirect");
    }

    [Theory]
    [InlineData(FaultKind.GzipBomb)]
    [InlineData(FaultKind.Status)]
    [InlineData(FaultKind.HtmlPage)]
    public async Task R4_Fault_OfOneOrganisation_IsShownThereAndLeavesTheOtherAlone(FaultKind kind)
    {
        var globexId = await App.ConnectAsync(_place.Globex);
        _place.Sandbox.Faults.Add(new SandboxFault { Organization = "acme", Kind = kind, Status = kind is FaultKind.Status ? 400 : null, Bytes = 12_000_000 });

        await RunAsync();
        var other = await App.RunSyncAsync(globexId);

        _place.Searches.ShouldBeLessThan(250, "pages are halved down to one record, and the search lists no more than a hundred pages");
        other.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.InstanceId == globexId))).ShouldBe(_place.Globex.ConversationCount);
        var acme = await App.InstanceAsync(_instanceId);
        acme.RunNote.ShouldNotBeNull().ShouldStartWith("The sync has been failing since");
    }

    [Fact]
    public async Task R7_Key_RejectedForOneOrganisation_LeavesTheOthersKeyAlone()
    {
        var globexId = await App.ConnectAsync(_place.Globex);
        _place.Acme.Revoke(_place.Acme.Keys.ReadOnly);

        await App.RunSyncAsync(_instanceId);
        var other = await App.RunSyncAsync(globexId);

        other.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await App.InstanceAsync(_instanceId)).Credential.ShouldBe(CredentialState.NotAuthenticated);
    }

    [Fact]
    public async Task R16_Text_OfAnyKind_IsStoredWithItsFaultsReplacedAndCanBeSearched()
    {
        await RunSpoiltAsync(RecordSpoil.StrangeText);

        var subject = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.Subject!.Contains("gnp.exe")).Select(ticket => ticket.Subject).SingleAsync());
        subject.ShouldBe("\ud83d\ude00 \u202egnp.exe \u200b\u0301\u0301\u0301 \uFFFD half \uFFFD a pair");
        (await App.AsAdminAsync<TicketSearch, int>(async search => (await search.ReadPageAsync(new TicketQuery { Filter = new FilterGroup(false, [TicketQuery.Found("gnp.exe")!]) }, SyncedPlace.Viewer, CancellationToken.None)).Rows.Count)).ShouldBe(1);
    }

    [Fact]
    public async Task R16_Bytes_ThatAreNoUtf8_AreStoredReplaced()
    {
        await RunSpoiltAsync(RecordSpoil.BrokenBytes);

        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.Subject!.Contains("\uFFFD")))).ShouldBe(1);
    }

    [Fact]
    public async Task R24_Record_WithFiveThousandAttributesOrAHugeOne_IsStoredWhole()
    {
        await RunSpoiltAsync(RecordSpoil.ManyKeys);
        _place.Acme.Churn(60);
        await RunSpoiltAsync(RecordSpoil.HugeValue);

        (await App.StoredAsync(db => db.MetadataFields.CountAsync(field => field.InstanceId == _instanceId))).ShouldBeGreaterThan(5000);
        var longest = await App.StoredAsync(db => db.TicketMetadata.MaxAsync(value => value.LongTextValue!.Length));
        longest.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task R28_Values_NobodyKnows_AreStoredAsTheyAre()
    {
        await RunSpoiltAsync(RecordSpoil.NewValues);

        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.Status == "frozen"))).ShouldBe(1);
    }

    private async Task RunSpoiltAsync(RecordSpoil spoil)
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = Search, Kind = FaultKind.SpoiltRecord, Spoil = spoil, Times = 1 });
        var run = await RunAsync();
        (run.Outcome, run.Unreadable).ShouldBe((RunOutcome.Succeeded, 0));
    }

    /// <summary>What the gateway waits for before it asks again passes at once.</summary>
    private async Task<SyncRun> RunAsync()
    {
        var run = App.RunSyncAsync(_instanceId);
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!run.IsCompleted && await moment.WaitForNextTickAsync())
        {
            _place.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return await run;
    }
}
