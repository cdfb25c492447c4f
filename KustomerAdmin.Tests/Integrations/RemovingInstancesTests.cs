using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Connecting;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Integrations;

public sealed class RemovingInstancesTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _acme;
    private long _globex;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(tickets: 450);
        _acme = await App.ConnectAsync(_place.Acme);
        _globex = await App.ConnectAsync(_place.Globex);
        await App.RunSyncAsync(_acme);
        await App.RunSyncAsync(_globex);
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Delete_NameTyped_RemovesAllOfTheInstanceAndNothingOfAnother()
    {
        var others = await RowsAsync(_globex);
        var preview = await App.AsAdminAsync<InstanceRemoval, RemovalPreview?>(removal => removal.PreviewAsync(_acme, default));
        preview.ShouldNotBeNull().Tickets.ShouldBe(await App.StoredAsync(db => db.Tickets.LongCountAsync(ticket => ticket.InstanceId == _acme)));

        (await RequestAsync("acme")).ShouldBeNull();
        await App.WaitForRemovalAsync(_acme);

        (await RowsAsync(_acme)).ShouldAllBe(table => table.Rows == 0);
        (await RowsAsync(_globex)).ShouldBe(others);
        (await App.StoredAsync(db => db.TicketMetadata.CountAsync(value => !db.Tickets.Any(ticket => ticket.Id == value.TicketId)))).ShouldBe(0);
        (await App.StoredAsync(db => db.TicketAttributes.CountAsync(row => !db.Tickets.Any(ticket => ticket.Id == row.TicketId)))).ShouldBe(0);
        (await App.StoredAsync(db => db.TicketTags.CountAsync(row => !db.Tickets.Any(ticket => ticket.Id == row.TicketId)))).ShouldBe(0);
        (await App.StoredAsync(db => db.TicketChannels.CountAsync(row => !db.Tickets.Any(ticket => ticket.Id == row.TicketId)))).ShouldBe(0);
        (await App.StoredAsync(db => db.SyncForecasts.CountAsync(row => row.InstanceId == _acme))).ShouldBe(0);
        (await App.StoredAsync(db => db.KustomerRequestDays.CountAsync(row => row.InstanceId == _acme))).ShouldBe(0);
        (await App.StoredAsync(db => db.Instances.CountAsync(instance => instance.Id == _acme))).ShouldBe(0);
    }

    [Fact]
    public async Task Delete_AnotherNameTyped_IsRefused()
    {
        (await RequestAsync("Acme")).ShouldNotBeNull();

        (await App.InstanceAsync(_acme)).DeletingSince.ShouldBeNull();
    }

    [Fact]
    public async Task Delete_UnderWay_ErasesTheKeyAtOnceAndCannotBeReconnected()
    {
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync(instance => instance.Id == _acme)).DeletingSince = _place.Clock.GetUtcNow());
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync(instance => instance.Id == _acme)).Credential = CredentialState.Disconnected);

        var result = await App.AsAdminAsync<InstanceService, ConnectResult>(service => service.ReconnectAsync(_acme, new ConnectRequest("acme", "acme", _place.Acme.Keys.ReadOnly), default));

        result.ShouldBeOfType<ConnectResult.Overtaken>();
    }

    [Fact]
    public async Task Rename_TakenOrEmptyName_IsRefused()
    {
        (await RenameAsync("globex")).ShouldBe("Another instance has this name. Choose a different one.");
        (await RenameAsync("  ")).ShouldBe("Give the connector a name of 1 to 100 characters.");
        (await RenameAsync(" Acme support ")).ShouldBeNull();

        (await App.InstanceAsync(_acme)).Name.ShouldBe("Acme support");
    }

    private Task<string?> RequestAsync(string name) => App.AsAdminAsync<InstanceRemoval, string?>(removal => removal.RequestAsync(_acme, name, default));

    private Task<string?> RenameAsync(string name) => App.AsAdminAsync<InstanceActions, string?>(actions => actions.RenameAsync(_acme, name, default));

    private Task<List<(string Table, int Rows)>> RowsAsync(long instanceId) => App.StoredAsync(async db => new List<(string, int)>
    {
        ("tickets", await db.Tickets.CountAsync(row => row.InstanceId == instanceId)),
        ("customers", await db.Customers.CountAsync(row => row.InstanceId == instanceId)),
        ("fields", await db.MetadataFields.CountAsync(row => row.InstanceId == instanceId)),
        ("runs", await db.SyncRuns.CountAsync(row => row.InstanceId == instanceId)),
        ("requests", await db.KustomerRequests.CountAsync(row => row.InstanceId == instanceId)),
    });
}
