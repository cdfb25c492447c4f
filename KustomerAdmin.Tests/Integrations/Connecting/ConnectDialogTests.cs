using Bunit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Kustomer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Integrations.Connecting;

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
        var connected = new TaskCompletionSource<ConnectResult.Connected>();
        var dialog = await SubmitAsync("Acme", "acme", "a-key-nobody-knows", connected.SetResult);

        await dialog.WaitForAssertionAsync(() => dialog.Find("button[type=submit]").TextContent.ShouldBe("Try these credentials"), TimeSpan.FromSeconds(30));
        dialog.Find(".connect-failed").TextContent.ShouldContain("Kustomer does not accept this API key");
        dialog.Find("#connector-name").GetAttribute("value").ShouldBe("Acme");
        dialog.Find("#subdomain").GetAttribute("value").ShouldBe("acme");
        (dialog.Find("#api-key").GetAttribute("value") ?? "").ShouldBeEmpty();
        dialog.Markup.ShouldNotContain("a-key-nobody-knows");

        await dialog.ActAsync(at => at.Find("#api-key").InputAsync(new() { Value = _place.Acme.Keys.WithoutMessages }));
        await dialog.ActAsync(at => at.Find("form").SubmitAsync());

        (await connected.Task.WaitAsync(s_patience)).Report.Lines.ShouldContain(static line => line.Sentence.StartsWith("Messages will not open"));
        dialog.Markup.ShouldNotContain(_place.Acme.Keys.WithoutMessages);
        (await _place.App.StoredAsync(db => db.Instances.SingleAsync())).Credential.ShouldBe(CredentialState.Connected);
    }

    [Fact]
    public async Task Submit_GoodKey_ClosesAndHandsOverToTheSecondStep()
    {
        ConnectResult.Connected? connected = null;
        var closed = new TaskCompletionSource();
        _browser.Services.GetRequiredService<DialogService>().OnClose += _ => closed.TrySetResult();
        _ = _browser.Services.GetRequiredService<DialogService>().OpenAsync<ConnectDialog>("Connect");

        await SubmitAsync("Acme", "https://ACME.kustomerapp.com/app/", _place.Acme.Keys.Full, result => connected = result);

        await closed.Task.WaitAsync(s_patience);
        connected.ShouldNotBeNull().AwaitsStart.ShouldBeTrue();
        (await StoredAsync()).ShouldSatisfyAllConditions(
            instance => instance.Subdomain.ShouldBe("acme"),
            instance => instance.Credential.ShouldBe(CredentialState.Connected),
            instance => instance.NextRunAt.ShouldNotBeNull().ShouldBeGreaterThan(_place.Clock.GetUtcNow(), "the sync waits for the second step"));
    }

    [Fact]
    public async Task Submit_EMailAndPassword_AreExchangedAndShownNoMore()
    {
        var dialog = _browser.Render<ConnectDialog>();
        await dialog.ActAsync(at => at.Find("#connector-name").InputAsync(new() { Value = "Acme" }));
        await dialog.ActAsync(at => at.Find("#subdomain").InputAsync(new() { Value = "acme" }));
        await dialog.ActAsync(at => at.FindAll("[name=way]")[1].ChangeAsync(new() { Value = "on" }));
        dialog.FindAll("#api-key").ShouldBeEmpty();
        await dialog.ActAsync(at => at.Find("#sign-in-email").InputAsync(new() { Value = _place.Acme.Keys.Email }));
        await dialog.ActAsync(at => at.Find("#sign-in-password").InputAsync(new() { Value = "not-the-password" }));
        await dialog.ActAsync(at => at.Find("form").SubmitAsync());

        await dialog.WaitForAssertionAsync(() => dialog.Find(".connect-failed").TextContent.ShouldContain("Kustomer does not accept this e-mail and password here."), s_patience);
        dialog.Markup.ShouldNotContain("not-the-password");
        dialog.Find("#sign-in-email").GetAttribute("value").ShouldBe(_place.Acme.Keys.Email);
        await dialog.ActAsync(at => at.Find("#sign-in-password").InputAsync(new() { Value = _place.Acme.Keys.Password }));
        await dialog.ActAsync(at => at.Find("form").SubmitAsync());

        await dialog.WaitForAssertionAsync(() => dialog.Find("button[type=submit]").HasAttribute("disabled").ShouldBeFalse(), s_patience);
        dialog.Markup.ShouldNotContain(_place.Acme.Keys.Password);
        (await StoredAsync()).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.Connected),
            instance => instance.IsKeyOfSession.ShouldBeTrue());
    }

    [Fact]
    public async Task Key_WhileTyped_TellsOfItselfAndNothingIsSent()
    {
        var dialog = _browser.Render<ConnectDialog>();
        await dialog.ActAsync(at => at.Find("#subdomain").InputAsync(new() { Value = "globex" }));
        await dialog.ActAsync(at => at.Find("#api-key").InputAsync(new() { Value = _place.Acme.Keys.WithoutMessages }));

        dialog.Find(".key-hints").TextContent.ShouldContain("This key is for acme, you typed globex.");
        dialog.Find(".key-hints").TextContent.ShouldContain("Lacks message.read: messages will not open.");
        dialog.FindAll(".key-abilities tbody tr").Count.ShouldBe(KeyAbility.All.Count);
        _place.Sandbox.Requests.Counts.ShouldBeEmpty();
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

        await dialog.ActAsync(at => at.Find("#subdomain").InputAsync(new() { Value = " ACME.kustomerapp.com " }));

        dialog.Find("#subdomain-understood").TextContent.ShouldBe($"acme → {_place.Sandbox.BaseAddress.Authority}");
    }

    private Task<Instance> StoredAsync() => _place.App.StoredAsync(db => db.Instances.AsNoTracking().SingleAsync());

    private async Task<IRenderedComponent<ConnectDialog>> SubmitAsync(string name, string subdomain, string key, Action<ConnectResult.Connected>? onAwaitsStart = null)
    {
        var dialog = _browser.Render<ConnectDialog>(parameters => parameters.Add(dialog => dialog.OnAwaitsStart, connected => onAwaitsStart?.Invoke(connected)));
        await dialog.ActAsync(at => at.Find("#connector-name").InputAsync(new() { Value = name }));
        await dialog.ActAsync(at => at.Find("#subdomain").InputAsync(new() { Value = subdomain }));
        await dialog.ActAsync(at => at.Find("#api-key").InputAsync(new() { Value = key }));
        await dialog.ActAsync(at => at.Find("form").SubmitAsync());
        return dialog;
    }
}
