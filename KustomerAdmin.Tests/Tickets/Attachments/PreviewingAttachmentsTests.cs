using System.Net;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Tickets;
using KustomerAdmin.Tickets.Attachments;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Attachments;

/// <summary>A preview as a frame of the browser gets it.</summary>
public sealed class PreviewingAttachmentsTests : IClassFixture<SyncedPlace>, IAsyncLifetime
{
    private readonly SyncedPlace _synced;
    private HttpClient _admin = null!;
    private IReadOnlyList<TimelineAttachment> _attachments = [];

    public PreviewingAttachmentsTests(SyncedPlace synced) => _synced = synced;

    public async Task InitializeAsync()
    {
        _admin = await _synced.App.OpenBrowserAsync();
        List<TimelineAttachment> all = [];
        foreach (var id in (string[])[_synced.Place.Acme.ShowcaseConversationId, _synced.Place.Acme.LongestConversationId])
        {
            var ticket = await _synced.FindAsync(id);
            var view = await _synced.App.AsAdminAsync<TicketViewer, TicketView>(viewer => viewer.OpenAsync(ticket, new TicketMeter(TimeProvider.System), null, CancellationToken.None));
            all.AddRange(view.Messages.Value!.SelectMany(message => message.Attachments));
        }

        _attachments = all;
        _synced.Place.Sandbox.Requests.Clear();
    }

    public Task DisposeAsync()
    {
        _admin.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("photo.png", "text/html", "src=\"data:image/png;base64,iVBORw0KGgo")]
    [InlineData("receipt.txt", "text/plain", "filetext-")]
    [InlineData("invoice.pdf", "application/pdf", "%PDF-1.4")]
    [InlineData("empty.txt", "text/html", "This file is empty.")]
    public async Task Preview_OfItsKind_IsShownUnderAPolicyThatLetsItDoNothing(string name, string type, string words)
    {
        using var answer = await ShowAsync(name);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
        ShouldBeHarmless(answer);
    }

    [Theory]
    [InlineData("not really an image.png")]
    [InlineData("photo.png", PreviewKind.Document)]
    [InlineData("receipt.txt", PreviewKind.Image)]
    [InlineData("page.html", PreviewKind.Text)]
    [InlineData("archive.zip", PreviewKind.Document)]
    public async Task Preview_OfAnotherKindThanItClaims_IsNotShown(string name, PreviewKind? kind = null)
    {
        using var answer = await ShowAsync(name, kind);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("not what its name says");
        text.ShouldNotContain("alert(");
        ShouldBeHarmless(answer);
    }

    [Fact]
    public async Task Preview_OfAnImage_HoldsItsBytesWhole()
    {
        var attachment = _attachments.First(attachment => attachment.Name == "photo.png");

        var page = await _admin.GetStringAsync(attachment.PreviewAddress);
        var file = await _admin.GetByteArrayAsync(attachment.Address);

        page.ShouldContain($"base64,{Convert.ToBase64String(file)}\">");
    }

    [Fact]
    public async Task Preview_FromOutside_ShowsTheAddressAndAsksNobody()
    {
        using var answer = await ShowAsync("shared elsewhere.pdf");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("https://files.example/shared/elsewhere.pdf");
    }

    [Theory]
    [InlineData("document")]
    [InlineData("image")]
    [InlineData("empty")]
    public async Task Preview_AskedForByAnythingButAFrame_IsRefused(string destination)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _attachments.First(attachment => attachment.Name == "photo.png").PreviewAddress);
        request.Headers.Add("Sec-Fetch-Dest", destination);

        using var answer = await _admin.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        _synced.Place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("script")]
    public async Task Preview_OfNoKind_IsNotFound(string kind)
    {
        using var answer = await _admin.GetAsync($"{_attachments[0].Address}/{kind}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Preview_Opened_IsRecordedAndCostsOneRequest()
    {
        using var answer = await ShowAsync("receipt.txt");

        var entry = await _synced.App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync());
        entry.Outcome.ShouldBe(AuditOutcome.Succeeded);
        entry.Detail.ShouldNotBeNull().ShouldStartWith("Preview of attachment ");
        _synced.Place.Sandbox.Requests.Counts.Where(count => count.Key.Contains("/v1/", StringComparison.Ordinal)).Sum(count => count.Value).ShouldBe(1);
    }

    private static void ShouldBeHarmless(HttpResponseMessage answer)
    {
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldStartWith("sandbox; default-src 'none';");
        policy.ShouldContain("frame-ancestors 'self'");
        policy.ShouldNotContain("allow-");
        policy.ShouldNotContain("script-src");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private Task<HttpResponseMessage> ShowAsync(string name, PreviewKind? kind = null)
    {
        var attachment = _attachments.First(attachment => attachment.Name == name);
        return _admin.GetAsync(TicketEndpoints.PreviewAddress(attachment.Sealed.Value, kind ?? attachment.Preview));
    }
}
