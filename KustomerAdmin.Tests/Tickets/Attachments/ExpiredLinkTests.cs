using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Tickets.Attachments;
using Microsoft.AspNetCore.Http;

namespace KustomerAdmin.Tests.Tickets.Attachments;

/// <summary>A Kustomer whose links expire before they are used.</summary>
public sealed class ExpiredLinkTests : IAsyncLifetime
{
    private LocalServer _kustomer = null!;
    private TestApp _app = null!;
    private int _links;

    public async Task InitializeAsync()
    {
        _kustomer = await LocalServer.StartAsync(AnswerAsync);
        _app = TestApp.Start(("Kustomer:ApiUrlTemplate", _kustomer.Address.AbsoluteUri), ("Sync:Interval", "1.00:00:00"));
        var connected = (await _app.TryConnectAsync(new ConnectRequest("Acme", "acme", "any-key-of-acme"))).ShouldBeOfType<ConnectResult.Connected>();
        await _app.ChangeStoredAsync(db =>
        {
            db.Tickets.Add(new Ticket { InstanceId = connected.InstanceId, KustomerId = "c1", UpdatedAt = default });
            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _kustomer.DisposeAsync();
    }

    [Fact]
    public async Task Link_ExpiredOnce_IsRenewedOnce()
    {
        var before = _kustomer.Requests.Count;

        var opened = (await OpenAsync()).ShouldNotBeNull();

        opened.Bytes.Dispose();
        opened.Name.ShouldBe("n.txt");
        _kustomer.Requests.Skip(before).Select(request => request.Split(' ')[1])
            .ShouldBe(["/v1/messages/m1/attachments/a1", "/file/1", "/v1/messages/m1/attachments/a1", "/file/2"]);
        _kustomer.Requests.Where(request => request.Contains("/file/", StringComparison.Ordinal)).ShouldAllBe(request => !request.Contains("any-key-of-acme"));
    }

    [Fact]
    public async Task Link_ExpiredAgainAndAgain_IsNotAskedForAThirdTime()
    {
        _links = 5;

        (await Should.ThrowAsync<AttachmentException>(OpenAsync)).Problem.ShouldBe(AttachmentProblem.LinkExpired);

        _links.ShouldBe(7);
    }

    private async Task<OpenedAttachment?> OpenAsync()
    {
        var admin = await _app.AsAdminAsync<CurrentAdmin, Actor>(current => current.RequireAsync(CancellationToken.None));
        var link = new AttachmentLinks(_app.Protection).Seal(admin, new AttachmentLink(1, "m1", "a1"));
        return await _app.AsAdminAsync<TicketAttachments, OpenedAttachment?>(attachments => attachments.OpenAsync(link, "Download", CancellationToken.None));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        context.Response.ContentType = "application/json";
        context.Response.StatusCode = path.StartsWith("/file/", StringComparison.Ordinal) && path != "/file/2" ? 403 : 200;
        await context.Response.WriteAsync(path switch
        {
            "/v1/auth/tokens/current" => """{"data":{"id":"t1","attributes":{"roles":["org"]}}}""",
            "/v1/orgs/current" => """{"data":{"id":"o1","attributes":{"name":"acme"}}}""",
            "/v1/messages/m1/attachments/a1" => """{"data":{"id":"a1","attributes":{"name":"n.txt"},"links":{"related":"(link)"}}}""".Replace("(link)", $"http://{context.Request.Host}/file/{++_links}", StringComparison.Ordinal),
            _ => """{"data":[]}""",
        });
    }
}
