using System.Net;
using System.Text;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Tickets;
using KustomerAdmin.Tickets.Attachments;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Tickets.Attachments;

/// <summary>The download as a browser sees it.</summary>
public sealed class OpeningAttachmentsTests : IClassFixture<SyncedPlace>, IAsyncLifetime
{
    private readonly SyncedPlace _synced;
    private HttpClient _admin = null!;
    private long _ticketId;
    private IReadOnlyList<TimelineAttachment> _attachments = [];

    public OpeningAttachmentsTests(SyncedPlace synced) => _synced = synced;

    public async Task InitializeAsync()
    {
        _admin = await _synced.App.OpenBrowserAsync();
        var ticket = await _synced.FindAsync(_synced.Place.Acme.ShowcaseConversationId);
        _ticketId = ticket.Id;
        var view = await _synced.App.AsAdminAsync<TicketViewer, TicketView>(viewer => viewer.OpenAsync(ticket, new TicketMeter(TimeProvider.System), null, CancellationToken.None));
        _attachments = [.. view.Messages.Value!.SelectMany(message => message.Attachments)];
        _synced.Place.Sandbox.Requests.Clear();
    }

    public Task DisposeAsync()
    {
        _admin.Dispose();
        _synced.Place.Sandbox.Faults.Clear();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Download_File_GivesItsBytesAsADownloadThatCanDoNothing()
    {
        using var answer = await GetAsync("page.html");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("<html><body onload=\"alert(1)\">");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentDisposition.FileName.ShouldBe("page.html");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("sandbox; default-src 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await LastEntryAsync()).ShouldBe((AuditActions.AttachmentOpened, $"acme {_synced.Place.Acme.ShowcaseConversationId}"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("_CON")]
    [InlineData("invoicegnp.exe")]
    [InlineData("linebreak;.txt")]
    [InlineData("empty.txt")]
    public async Task Download_HostileOrEmptyName_IsOfferedCleaned(string name)
    {
        using var answer = await GetAsync(name);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var offered = answer.Content.Headers.ContentDisposition!;
        (offered.FileNameStar ?? offered.FileName!.Trim('"')).ShouldBe(name);
        (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBe((int)answer.Content.Headers.ContentLength!.Value);
    }

    [Theory]
    [InlineData("passport.png", HttpStatusCode.NotFound, "redacted")]
    [InlineData("screen recording.mp4", HttpStatusCode.RequestEntityTooLarge, "larger than 25 MB")]
    [InlineData("shared elsewhere.pdf", HttpStatusCode.NotFound, "does not fetch from there")]
    public async Task Download_ThatMayNotBe_SaysWhyAndIsRecorded(string name, HttpStatusCode status, string words)
    {
        using var answer = await GetAsync(name);

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
        answer.Content.Headers.ContentDisposition.ShouldBeNull();
        (await _synced.App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync())).Outcome.ShouldBe(AuditOutcome.Failed);
    }

    [Fact]
    public async Task Source_AtAnotherAddress_IsNeverAsked()
    {
        await using var trap = await LocalServer.AnsweringAsync("bytes");
        using var source = new AttachmentSource(Options.Create(new KustomerOptions { ApiUrlTemplate = _synced.Place.Sandbox.BaseAddress.AbsoluteUri }));
        string[] addresses = [new Uri(trap.Address, "/file").AbsoluteUri, "https://files.example/x", "https://evilkustomerapp.com/x", "http://acme.kustomerapp.com/x", "https://acme.kustomerapp.com:8443/x",
            "https://user@acme.kustomerapp.com/x", "https://acme.kustomerapp.com.evil.example/x", "http://169.254.169.254/x", "https://[::1]/x", "file:///etc/passwd", "https://kustomer-attachments.evil.example/x"];

        foreach (var address in addresses)
        {
            (await Should.ThrowAsync<AttachmentException>(() => source.OpenAsync(new Uri(address), CancellationToken.None), address)).Problem.ShouldBe(AttachmentProblem.External, address);
        }

        trap.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bytes_FromTheStorage_AreAskedForWithoutTheKey()
    {
        using var answer = await GetAsync("page.html");

        answer.EnsureSuccessStatusCode();
        await using var storage = await LocalServer.StartAsync(context => context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("bytes")).AsTask());
        using var source = new AttachmentSource(Options.Create(new KustomerOptions { ApiUrlTemplate = storage.Address.AbsoluteUri }));
        using var bytes = await source.OpenAsync(new Uri(storage.Address, "/file"), CancellationToken.None);
        using var target = new MemoryStream();
        await bytes.CopyToAsync(target, CancellationToken.None);
        target.Length.ShouldBe(5);
        storage.Requests.ShouldBe(["GET /file"]);
    }

    [Fact]
    public async Task Bytes_WithoutAnEnd_AreStoppedAtTheLimit()
    {
        await using var storage = await LocalServer.StartAsync(async context =>
        {
            var block = new byte[1 << 16];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });
        using var source = new AttachmentSource(Options.Create(new KustomerOptions { ApiUrlTemplate = storage.Address.AbsoluteUri }));
        using var bytes = await source.OpenAsync(new Uri(storage.Address, "/file"), CancellationToken.None);

        var exception = await Should.ThrowAsync<AttachmentException>(() => bytes.CopyToAsync(Stream.Null, CancellationToken.None));

        exception.Problem.ShouldBe(AttachmentProblem.TooLarge);
    }

    [Fact]
    public async Task Download_NobodyIsSignedIn_IsRefused()
    {
        using var visitor = _synced.App.NewVisitor();

        using var answer = await visitor.GetAsync(AddressOf("page.html"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.ToString().ShouldContain("/account/sign-in");
        _synced.Place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Download_ByALinkThatIsForgedOrAnotherAdmins_IsRefused()
    {
        var own = AddressOf("page.html");
        var links = new AttachmentLinks(_synced.App.Protection);
        var another = TicketEndpoints.AttachmentAddress(links.Seal(Actor.Admin("somebody-else", "somebody@example.com", null), new AttachmentLink(_ticketId, "m1", "a1")));

        foreach (var address in (string[])["attachments/x", own[..^1], own + "A", another])
        {
            using var answer = await _admin.GetAsync(address);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, address);
        }

        _synced.Place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    private Task<HttpResponseMessage> GetAsync(string name) => _admin.GetAsync(AddressOf(name));

    private string AddressOf(string name) => _attachments.First(attachment => attachment.Name == name).Address;

    private async Task<(string Action, string? Subject)> LastEntryAsync()
    {
        var entry = await _synced.App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync());
        return (entry.Action, entry.Subject);
    }
}
