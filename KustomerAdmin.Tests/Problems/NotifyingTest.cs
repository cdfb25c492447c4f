using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Problems;

/// <summary>An instance with a webhook on this machine, and a problem that comes and goes as the test says.</summary>
public abstract class NotifyingTest : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Signature, byte[] Body)> _received = new();

    protected Workplace Place { get; private set; } = null!;

    protected LocalServer Hook { get; private set; } = null!;

    protected long InstanceId { get; private set; }

    protected TestApp App => Place.App;

    protected string HookAddress => new Uri(Hook.Address, "/hooks/7").AbsoluteUri;

    /// <summary>What the webhook answers.</summary>
    protected int Status { get; set; } = StatusCodes.Status204NoContent;

    protected virtual (string Key, string Value)[] Settings => [("Notifications:AllowPrivateAddresses", "true")];

    /// <summary>What the webhook was told, in the order it came.</summary>
    protected IReadOnlyList<JsonElement> Told => [.. _received.Select(static received => JsonSerializer.Deserialize<JsonElement>(received.Body))];

    public virtual async Task InitializeAsync()
    {
        Hook = await LocalServer.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((context.Request.Headers[WebhookChannel.SignatureHeader].ToString(), body.ToArray()));
            context.Response.StatusCode = Status;
            context.Response.Headers.Location = "/elsewhere";
        });
        Place = await Workplace.StartAsync(settings: Settings);
        InstanceId = await App.ConnectAsync(Place.Acme);
        await App.RunSyncAsync(InstanceId);
    }

    public virtual async Task DisposeAsync()
    {
        await Place.DisposeAsync();
        await Hook.DisposeAsync();
    }

    protected Task<AddedTarget> AddAsync(NotificationKind kind, string address) => App.AsAdminAsync<NotificationTargets, AddedTarget>(targets => targets.AddAsync(InstanceId, kind, address, default));

    /// <returns>Its signing secret.</returns>
    protected async Task<string> AddHookAsync()
    {
        var added = await AddAsync(NotificationKind.Webhook, HookAddress);
        added.Fault.ShouldBeNull();
        return added.Secret.ShouldNotBeNull();
    }

    protected async Task<TargetLine> TargetAsync() => (await App.AsAdminAsync<NotificationTargets, IReadOnlyList<TargetLine>>(targets => targets.ReadAsync(InstanceId, default))).ShouldHaveSingleItem();

    protected async Task SetKeyEndAsync(TimeSpan? left)
    {
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync(instance => instance.Id == InstanceId)).KeyExpiresAt = Place.Clock.GetUtcNow() + left);
        await LookAndTellAsync();
    }

    protected async Task LookAndTellAsync()
    {
        await App.LookForProblemsAsync();
        await App.SendNotificationsAsync();
        await App.SendNotificationsAsync();
    }

    /// <summary>As the receiver of a webhook does it, without a line of the console's.</summary>
    protected bool IsSigned(int message, string secret)
    {
        var (signature, body) = _received.ElementAt(message);
        var parts = signature.Split(',').Select(static part => part.Split('=', 2)).ToDictionary(static part => part[0], static part => part[1], StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(parts["t"] + "."));
        hash.AppendData(body);
        return long.Parse(parts["t"], CultureInfo.InvariantCulture) == Place.Clock.GetUtcNow().ToUnixTimeSeconds()
            && CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), Convert.FromHexString(parts["v1"]));
    }
}
