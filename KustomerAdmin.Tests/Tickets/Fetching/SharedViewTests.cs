using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Fetching;

/// <summary>Two admins open one ticket at the same moment: Kustomer does not answer before both have come.</summary>
public sealed class SharedViewTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _door = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _asked = new(0);
    private LocalServer _kustomer = null!;
    private TestApp _app = null!;
    private bool _isOpening;

    public async Task InitializeAsync()
    {
        _kustomer = await LocalServer.StartAsync(AnswerAsync);
        _app = TestApp.Start(("Kustomer:ApiUrlTemplate", _kustomer.Address.AbsoluteUri), ("Sync:Interval", "1.00:00:00"));
        var connected = (await _app.TryConnectAsync(new ConnectRequest("Acme", "acme", "any-key-of-acme"))).ShouldBeOfType<ConnectResult.Connected>();
        await _app.ChangeStoredAsync(db =>
        {
            db.Tickets.Add(new Ticket { InstanceId = connected.InstanceId, KustomerId = "c1", UpdatedAt = default, Customer = new Customer { InstanceId = connected.InstanceId, KustomerId = "u1" } });
            return Task.CompletedTask;
        });
        _isOpening = true;
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _kustomer.DisposeAsync();
        _asked.Dispose();
    }

    [Fact]
    public async Task Open_ByTwo_IsFetchedOnceAndRecordedForEach()
    {
        var (first, second) = (new TicketMeter(TimeProvider.System), new TicketMeter(TimeProvider.System));
        var one = OpenAsync(first, CancellationToken.None);
        await AskedAsync(7);
        var other = OpenAsync(second, CancellationToken.None);
        await SharedAsync(second);

        _door.SetResult();
        var (a, b) = (await one, await other);

        (first.Sent, second.Sent).ShouldBe((7, 0));
        _kustomer.Requests.Count(request => request.Contains("/v1/conversations/c1", StringComparison.Ordinal)).ShouldBe(3);
        (a.Messages.Value!.Single().Text, b.Messages.Value!.Single().Text).ShouldBe(("Hello", "Hello"));
        (await _app.StoredAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.TicketOpened))).ShouldBe(2);
    }

    [Fact]
    public async Task Open_ByTwoAndTheFirstLeaves_IsBroughtToTheOther()
    {
        using var leaving = new CancellationTokenSource();
        var second = new TicketMeter(TimeProvider.System);
        var one = OpenAsync(new TicketMeter(TimeProvider.System), leaving.Token);
        await AskedAsync(7);
        var other = OpenAsync(second, CancellationToken.None);
        await SharedAsync(second);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(one);
        _door.SetResult();

        (await other).Messages.Value!.Single().Text.ShouldBe("Hello");
        _asked.CurrentCount.ShouldBe(0, "nothing was asked again");
    }

    private Task<TicketView> OpenAsync(TicketMeter meter, CancellationToken cancellationToken) => _app.AsAdminAsync<TicketViewer, TicketView>(async viewer =>
        await viewer.OpenAsync((await viewer.FindAsync(1, CancellationToken.None)).ShouldNotBeNull(), meter, null, cancellationToken));

    private async Task AskedAsync(int times)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var time = 0; time < times; time++)
        {
            await _asked.WaitAsync(patience.Token);
        }
    }

    private static async Task SharedAsync(TicketMeter meter)
    {
        var shared = new TaskCompletionSource();
        void Look()
        {
            if (meter.Lines.Count(line => line.IsShared) == 7)
            {
                shared.TrySetResult();
            }
        }

        meter.Changed += Look;
        Look();
        await shared.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (_isOpening)
        {
            _asked.Release();
            await _door.Task;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/v1/auth/tokens/current" => """{"data":{"id":"t1","attributes":{"roles":["org"]}}}""",
            "/v1/orgs/current" => """{"data":{"id":"o1","attributes":{"name":"acme"}}}""",
            "/v1/conversations/c1" => """{"data":{"id":"c1","attributes":{"updatedAt":"2026-10-01T10:00:00.000Z"}}}""",
            "/v1/conversations/c1/messages" => """{"data":[{"id":"m1","attributes":{"direction":"in","preview":"Hello","sentAt":"2026-10-01T10:00:00.000Z"}}]}""",
            "/v1/customers/u1" => """{"data":{"id":"u1","attributes":{"displayName":"Jane"}}}""",
            "/v1/metadata/conversation" => """{"data":{"id":"conversation","attributes":{"properties":{}}}}""",
            _ => """{"data":[]}""",
        });
    }
}
