using Bunit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests.Integrations;

public sealed class InstanceRowTests : BunitContext
{
    private readonly TestClock _clock = new();
    private readonly List<string> _asked = [];

    public InstanceRowTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(_clock);
        Services.AddScoped<ViewerClock>();
    }

    [Theory]
    [InlineData(CredentialState.Connected, "5f", "Sync now", "Disconnect")]
    [InlineData(CredentialState.NotAuthenticated, null, "Fix credentials", "Cancel setup")]
    [InlineData(CredentialState.NotAuthenticated, "5f", "Fix credentials", "Disconnect")]
    [InlineData(CredentialState.Disconnected, "5f", "Reconnect", null)]
    public void Row_InEachState_OffersWhatMakesSense(CredentialState credential, string? organizationId, string first, string? second)
    {
        var row = Render(Line() with { Credential = credential, OrganizationId = organizationId });

        row.FindAll("button").Select(button => button.TextContent.Trim()).ShouldBe(((string?[])[first, second]).OfType<string>());
    }

    [Theory]
    [InlineData(RunState.Idle, "Idle", false)]
    [InlineData(RunState.Syncing, "Syncing", true)]
    [InlineData(RunState.Waiting, "Waiting for rate limit", true)]
    [InlineData(RunState.Failed, "Failed", false)]
    public void Row_Connected_NamesItsRunAndOffersASyncUnlessOneRuns(RunState run, string text, bool isRunning)
    {
        var row = Render(Line() with { Run = run, Progress = new RunProgress(_clock.GetUtcNow(), 3, 1200, 7, 5), WaitingUntil = _clock.GetUtcNow().AddSeconds(42) });

        row.Markup.ShouldContain(text);
        row.Find("button").HasAttribute("disabled").ShouldBe(isRunning);
        row.Markup.Contains("1,212 tickets read on 3 pages", StringComparison.Ordinal).ShouldBe(isRunning);
        row.Markup.Contains("42 s", StringComparison.Ordinal).ShouldBe(run is RunState.Waiting);
    }

    [Fact]
    public void Disconnect_Pressed_SaysWhatWillHappenAndActsOnlyWhenConfirmed()
    {
        var row = Render(Line() with { TicketCount = 41_237 });

        row.FindAll("button")[1].Click();
        row.FindAll("button")[1].TextContent.ShouldBe("Confirm: disconnect and keep 41,237 tickets");
        _asked.ShouldBeEmpty();
        row.FindAll("button")[1].Click(new MouseEventArgs { Detail = 1 });

        _asked.ShouldBe(["disconnect"]);
    }

    [Fact]
    public void Row_NotAuthenticated_SaysWhyAndThatNoKeyIsStored()
    {
        var row = Render(Line() with { Credential = CredentialState.NotAuthenticated, CredentialNote = "The API key has expired.", KeyLastFour = null });

        row.Find("[role=alert]").TextContent.ShouldBe("The API key has expired.");
        row.Markup.ShouldContain("none stored");
    }

    [Fact]
    public void Name_ThatIsMarkup_IsShownAsText() => Render(Line() with { Name = "<script>alert(1)</script>" }).FindAll("script").ShouldBeEmpty();

    private static InstanceLine Line() => new() { Id = 1, Name = "Acme", Subdomain = "acme", OrganizationId = "5f", Credential = CredentialState.Connected, KeyLastFour = "x7Qa" };

    private IRenderedComponent<InstanceRow> Render(InstanceLine line) => Render<InstanceRow>(parameters => parameters
        .Add(row => row.Instance, line)
        .Add(row => row.OnSync, _ => _asked.Add("sync"))
        .Add(row => row.OnFix, _ => _asked.Add("fix"))
        .Add(row => row.OnCancelSetup, _ => _asked.Add("cancel"))
        .Add(row => row.OnReconnect, _ => _asked.Add("reconnect"))
        .Add(row => row.OnDisconnect, _ => _asked.Add("disconnect")));
}
