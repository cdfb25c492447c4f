using Bunit;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Sandbox;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Integrations;

/// <summary>What the menu of an instance's row opens, with the console's own services.</summary>
public sealed class InstanceDialogsTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _browser = new();
    private readonly TaskCompletionSource _closed = new();
    private Workplace _place = null!;
    private AsyncServiceScope _circuit;
    private long _instanceId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _instanceId = await App.ConnectAsync(_place.Acme);
        await App.RunSyncAsync(_instanceId);
        _circuit = await App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddRadzenComponents();
        _browser.Services.AddSingleton<TimeProvider>(_place.Clock);
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<KeyReplacement>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<ConnectionRecheck>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<InstanceRemoval>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<InstanceActions>());
        _browser.Services.GetRequiredService<DialogService>().OnClose += _ => _closed.TrySetResult();
        _ = _browser.Services.GetRequiredService<DialogService>().OpenAsync<RenameDialog>("Any");
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task ReplaceKey_WorseKey_SaysWhatItLacksAndShowsItNoMore()
    {
        var dialog = await ShowAsync<ReplaceKeyDialog>(static dialog => dialog.Instance);
        dialog.Markup.ShouldContain($"ends in {_place.Acme.Keys.ReadOnly[^4..]}");

        await dialog.ActAsync(at => at.Find("#new-key").InputAsync(new() { Value = _place.Acme.Keys.WithoutMessages }));
        dialog.Find(".key-hints").TextContent.ShouldContain("Lacks message.read");
        await dialog.ActAsync(at => at.Find("form").SubmitAsync());

        await dialog.WaitForAssertionAsync(() => dialog.Markup.ShouldContain("The new key cannot all that the present one can: Messages."), s_patience);
        (await App.InstanceAsync(_instanceId)).KeyLastFour.ShouldBe(_place.Acme.Keys.ReadOnly[^4..]);
    }

    [Fact]
    public async Task ReplaceKey_GoodKey_ClosesAndTheKeyIsAnother()
    {
        var dialog = await ShowAsync<ReplaceKeyDialog>(static dialog => dialog.Instance);

        await dialog.ActAsync(at => at.Find("#new-key").InputAsync(new() { Value = _place.Acme.Keys.Full }));
        await dialog.ActAsync(at => at.Find("form").SubmitAsync());

        await _closed.Task.WaitAsync(s_patience);
        dialog.Markup.ShouldNotContain(_place.Acme.Keys.Full);
        (await App.InstanceAsync(_instanceId)).KeyLastFour.ShouldBe(_place.Acme.Keys.Full[^4..]);
    }

    [Fact]
    public async Task Delete_NameTyped_IsPossibleOnlyThen()
    {
        var dialog = await ShowAsync<DeleteDialog>(static dialog => dialog.Instance);
        await dialog.WaitForAssertionAsync(() => dialog.Find("button[type=submit]").TextContent.ShouldBe("Delete 60 tickets"), s_patience);
        dialog.Find("button[type=submit]").HasAttribute("disabled").ShouldBeTrue();

        await dialog.ActAsync(at => at.Find("#typed-name").InputAsync(new() { Value = "Acme" }));
        dialog.Find("button[type=submit]").HasAttribute("disabled").ShouldBeTrue();
        await dialog.ActAsync(at => at.Find("#typed-name").InputAsync(new() { Value = " acme " }));
        await dialog.ActAsync(at => at.Find("form").SubmitAsync());

        await _closed.Task.WaitAsync(s_patience);
        await App.WaitForRemovalAsync(_instanceId);
    }

    [Fact]
    public async Task Delete_DatabaseAway_SaysSoAndCountsAgainOnRetry()
    {
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Customers RENAME TO Away"));
        var dialog = await ShowAsync<DeleteDialog>(static dialog => dialog.Instance);
        await dialog.WaitForAssertionAsync(() => dialog.Find("[role=alert]").TextContent.ShouldContain("could not be counted"), s_patience);
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Away RENAME TO Customers"));

        await dialog.ActAsync(at => at.Find("button").ClickAsync(new()));

        await dialog.WaitForAssertionAsync(() => dialog.Find("button[type=submit]").TextContent.ShouldBe("Delete 60 tickets"), s_patience);
    }

    [Fact]
    public async Task Check_Opened_RunsAndShowsEachOutcome()
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/tags", Kind = FaultKind.MissingRole });

        var dialog = await ShowAsync<CheckDialog>(static dialog => dialog.Instance);

        await dialog.WaitForAssertionAsync(() => dialog.Find("[role=status] p").TextContent.ShouldStartWith("The connection works."), s_patience);
        dialog.FindAll(".check-lines li strong").Select(static line => line.TextContent)
            .ShouldBe(["Host answers", "Key accepted", "Right organisation", "Ticket search", "Conversations", "Customers", "Messages", "Notes", "Attachments", "Tags", "Fields", "People"]);
        dialog.FindAll(".check-lines li")[9].TextContent.ShouldContain("the key lacks org.permission.tag.read");
    }

    [Fact]
    public async Task Rename_TakenName_SaysSoAtTheField()
    {
        await App.ConnectAsync(_place.Globex);
        var dialog = await ShowAsync<RenameDialog>(static dialog => dialog.Instance);

        await dialog.ActAsync(at => at.Find("#new-name").InputAsync(new() { Value = "globex" }));
        await dialog.ActAsync(at => at.Find("form").SubmitAsync());

        await dialog.WaitForAssertionAsync(() => dialog.Find("#new-name-fault").TextContent.ShouldBe("Another instance has this name. Choose a different one."), s_patience);
    }

    private async Task<IRenderedComponent<TDialog>> ShowAsync<TDialog>(System.Linq.Expressions.Expression<Func<TDialog, InstanceLine>> instance)
        where TDialog : IComponent
    {
        var lines = await App.AsAdminAsync<InstanceList, IReadOnlyList<InstanceLine>>(list => list.ReadAsync(default));
        return _browser.Render<TDialog>(parameters => parameters.Add(instance, lines.Single(line => line.Id == _instanceId)));
    }
}
