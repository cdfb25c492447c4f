using Bunit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Integrations;

/// <summary>The dialog with the console's own services, against the emulator.</summary>
public sealed class ConnectDialogTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _browser = new();
    private Workplace _place = null!;
    private AsyncServiceScope _circuit;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _circuit = await _place.App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddRadzenComponents();
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<InstanceService>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<KustomerClientFactory>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<FirstSync>());
        _browser.Services.AddSingleton<TimeProvider>(_place.Clock);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Theory]
    [InlineData("", "acme", "key", "#connector-name-fault", "Give the connector a name")]
    [InlineData("Acme", "evil.example/", "key", "#subdomain-fault", "Only letters, digits and hyphens")]
    [InlineData("Acme", "acme", "", "#api-key-fault", "Paste the API key")]
    public async Task Submit_AFieldCannotBeUsed_SaysSoAtThatFieldAndSendsNothing(string name, string subdomain, string key, string place, string sentence)
    {
        var dialog = await SubmitAsync(name, subdomain, key);

        await dialog.WaitForAssertionAsync(() => dialog.Find(place).TextContent.ShouldContain(sentence));
        dialog.FindAll("[aria-invalid=true]").Count.ShouldBe(1);
        _place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_WrongKey_KeepsWhatWasTypedExceptTheKeyAndMendsTheSameInstance()
    {
        var dialog = await SubmitAsync("Acme", "acme", "a-key-nobody-knows");

        await dialog.WaitForAssertionAsync(() => dialog.Find("button[type=submit]").TextContent.ShouldBe("Try these credentials"), TimeSpan.FromSeconds(30));
        dialog.Find(".connect-failed").TextContent.ShouldContain("Kustomer does not accept this API key");
        dialog.Find("#connector-name").GetAttribute("value").ShouldBe("Acme");
        dialog.Find("#subdomain").GetAttribute("value").ShouldBe("acme");
        (dialog.Find("#api-key").GetAttribute("value") ?? "").ShouldBeEmpty();
        dialog.Markup.ShouldNotContain("a-key-nobody-knows");

        await dialog.Find("#api-key").InputAsync(new() { Value = _place.Acme.Keys.WithoutMessages });
        await dialog.Find("form").SubmitAsync();

        await dialog.WaitForAssertionAsync(() => dialog.Markup.ShouldContain("Messages will not open"), TimeSpan.FromSeconds(30));
        dialog.Markup.ShouldNotContain(_place.Acme.Keys.WithoutMessages);
        (await _place.App.StoredAsync(db => db.Instances.SingleAsync())).Credential.ShouldBe(CredentialState.Connected);
    }

    [Fact]
    public async Task Submit_GoodKey_ShowsTheForecastAndStartsWhatIsChosen()
    {
        var closed = new TaskCompletionSource();
        _browser.Services.GetRequiredService<DialogService>().OnClose += _ => closed.TrySetResult();
        _ = _browser.Services.GetRequiredService<DialogService>().OpenAsync<ConnectDialog>("Connect");

        var dialog = await SubmitAsync("Acme", "https://ACME.kustomerapp.com/app/", _place.Acme.Keys.Full);
        await dialog.WaitForAssertionAsync(() => dialog.Find(".forecast").GetAttribute("aria-busy").ShouldBe("false"), s_patience);
        dialog.FindAll(".forecast dd").Select(shown => shown.TextContent).ShouldBe(["60", "3", "under a minute", "50 a minute"]);

        await dialog.Find("#first-sync-share").ChangeAsync(new() { Value = "20" });
        dialog.FindAll(".forecast dd")[^1].TextContent.ShouldBe("80 a minute");
        _place.Searches.ShouldBe(3, "a share needs no request");
        await dialog.Find("#first-sync-start").ChangeAsync(new() { Value = "30" });
        await dialog.WaitForAssertionAsync(() => dialog.Find(".forecast dd").TextContent.ShouldNotBe("60"), s_patience);
        (await StoredAsync()).NextRunAt.ShouldNotBeNull().ShouldBeGreaterThan(_place.Clock.GetUtcNow(), "the sync waits for the second step");
        await dialog.Find(".connect-buttons button").ClickAsync(new());

        await closed.Task.WaitAsync(s_patience);
        (await StoredAsync()).ShouldSatisfyAllConditions(
            instance => instance.Subdomain.ShouldBe("acme"),
            instance => instance.Credential.ShouldBe(CredentialState.Connected),
            instance => instance.RateShare.ShouldBe(20),
            instance => instance.SyncFrom.ShouldNotBeNull().ShouldBeLessThan(_place.Clock.GetUtcNow().AddDays(-29)),
            instance => instance.NextRunAt.ShouldBe(_place.Clock.GetUtcNow()));
        (await _place.App.StoredAsync(db => db.SyncForecasts.SingleAsync())).RateShare.ShouldBe(20);
    }

    [Fact]
    public async Task Submit_ConnectedAlready_NamesTheInstance()
    {
        await _place.App.ConnectAsync(_place.Acme);

        var dialog = await SubmitAsync("Another", "acme", _place.Acme.Keys.Full);

        await dialog.WaitForAssertionAsync(() => dialog.Find("[role=alert] bdi").TextContent.ShouldBe("acme"), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Subdomain_WhileTyped_ShowsWhatWasUnderstood()
    {
        var dialog = _browser.Render<ConnectDialog>();

        await dialog.Find("#subdomain").InputAsync(new() { Value = " ACME.kustomerapp.com " });

        dialog.Find("#subdomain-understood").TextContent.ShouldBe($"acme → {_place.Sandbox.BaseAddress.Authority}");
    }

    private Task<Instance> StoredAsync() => _place.App.StoredAsync(db => db.Instances.AsNoTracking().SingleAsync());

    private async Task<IRenderedComponent<ConnectDialog>> SubmitAsync(string name, string subdomain, string key)
    {
        var dialog = _browser.Render<ConnectDialog>();
        await dialog.Find("#connector-name").InputAsync(new() { Value = name });
        await dialog.Find("#subdomain").InputAsync(new() { Value = subdomain });
        await dialog.Find("#api-key").InputAsync(new() { Value = key });
        await dialog.Find("form").SubmitAsync();
        return dialog;
    }
}
