using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Tickets.Attachments;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Attachments;

/// <summary>Attachments that nobody takes: their browser hung up, or opening one could not be recorded.</summary>
public sealed class LeavingAttachmentsTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalServer _kustomer = null!;
    private TestApp _app = null!;
    private bool _isSending;

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
    public async Task Open_HungUpAfterARequest_IsRecorded()
    {
        using var leaving = new CancellationTokenSource();
        var opening = OpenAsync(leaving.Token);
        await _asked.Task.WaitAsync(s_patience);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(opening);

        var entry = await _app.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync());
        (entry.Action, entry.Outcome, entry.Detail).ShouldBe((AuditActions.AttachmentOpened, AuditOutcome.Failed, "Download of attachment a1 was given up before it came"));
    }

    [Fact]
    public async Task Open_CannotBeRecorded_LetsGoOfTheStorage()
    {
        _isSending = true;
        await _app.StoredAsync(db => db.Database.ExecuteSqlRawAsync("CREATE TRIGGER away BEFORE INSERT ON AuditEntries BEGIN SELECT RAISE(ABORT, 'away'); END"));

        await Should.ThrowAsync<DbUpdateException>(OpenAsync(CancellationToken.None));

        await _left.Task.WaitAsync(s_patience);
    }

    private async Task<OpenedAttachment?> OpenAsync(CancellationToken cancellationToken)
    {
        var admin = await _app.AsAdminAsync<CurrentAdmin, Actor>(current => current.RequireAsync(CancellationToken.None));
        var link = new AttachmentLinks(_app.Protection).Seal(admin, new AttachmentLink(1, "m1", "a1"));
        return await _app.AsAdminAsync<TicketAttachments, OpenedAttachment?>(attachments => attachments.OpenAsync(link, "Download", cancellationToken));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        if (context.Request.Path.Value is "/file")
        {
            await KeepSendingAsync(context);
            return;
        }

        await context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/v1/auth/tokens/current" => """{"data":{"id":"t1","attributes":{"roles":["org"]}}}""",
            "/v1/orgs/current" => """{"data":{"id":"o1","attributes":{"name":"acme"}}}""",
            "/v1/messages/m1/attachments/a1" => """{"data":{"id":"a1","attributes":{"name":"n.txt"},"links":{"related":"(link)"}}}""".Replace("(link)", $"http://{context.Request.Host}/file", StringComparison.Ordinal),
            _ => """{"data":[]}""",
        });
    }

    /// <summary>A file without an end, until the other side hangs up.</summary>
    private async Task KeepSendingAsync(HttpContext context)
    {
        try
        {
            if (_isSending)
            {
                await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            _asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            _left.SetResult();
        }
    }
}
