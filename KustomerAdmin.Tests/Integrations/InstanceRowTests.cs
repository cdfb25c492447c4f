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
        Services.AddSingleton(new SyncPace(TimeSpan.FromMinutes(15)));
    }

    [Theory]
    [InlineData(CredentialState.Connected, RunState.Idle, "5f", "Sync now|Pause|Settings|Disconnect|Check connection|Replace key|Rename|Delete")]
    [InlineData(CredentialState.Connected, RunState.Syncing, "5f", "Sync now|Pause|Settings|Disconnect|Check connection|Replace key|Rename|Delete|Cancel run")]
    [InlineData(CredentialState.Connected, RunState.Paused, "5f", "Resume|Settings|Disconnect|Check connection|Replace key|Rename|Delete")]
    [InlineData(CredentialState.NotAuthenticated, RunState.Idle, null, "Fix credentials|Cancel setup")]
    [InlineData(CredentialState.NotAuthenticated, RunState.Idle, "5f", "Fix credentials|Disconnect|Rename|Delete")]
    [InlineData(CredentialState.Disconnected, RunState.Idle, "5f", "Reconnect|Rename|Delete")]
    public void Row_InEachState_OffersWhatMakesSense(CredentialState credential, RunState run, string? organizationId, string actions)
    {
        var row = Render(Line() with { Credential = credential, Run = run, OrganizationId = organizationId });

        row.FindAll("button").Select(button => button.TextContent.Trim()).ShouldBe(actions.Split('|'));
    }

    [Fact]
    public void Row_LastRunFoundNothing_SaysSinceWhenInsteadOfABareZero()
    {
        var row = Render(Line() with { LastRun = new RunSummary { Outcome = RunOutcome.Succeeded, Requests = 1, Since = _clock.GetUtcNow().AddMinutes(-15) } });

        row.Find(".instance-live").TextContent.ShouldContain($"Nothing changed since {_clock.GetUtcNow().AddMinutes(-15).UtcDateTime:HH:mm}");
        row.Find(".instance-live").TextContent.ShouldContain("(1 request)");
    }

    [Fact]
    public void Row_LastSuccessIsLongAgo_GrowsStaleAndNamesSinceWhenItFails()
    {
        var row = Render(Line() with { Run = RunState.Failed, LastSucceededAt = _clock.GetUtcNow().AddHours(-3), FailingSince = _clock.GetUtcNow().AddHours(-2), Unreadable = 1 });

        row.Markup.ShouldContain("Stale");
        row.Find(".instance-bad").TextContent.ShouldBe("2 h ago");
        row.Find("a[href='integrations/1/unreadable']").TextContent.ShouldBe("1 record");
    }

    [Theory]
    [InlineData("a1B2", "The key that ends in a1B2 was replaced. Delete it in Kustomer", "I deleted it")]
    [InlineData("a1B2 c3D4", "Keys that end in a1B2, c3D4 were replaced. Delete them in Kustomer", "I deleted them")]
    public void Row_KeysWereReplaced_RemindsOfEach(string old, string reminder, string done)
    {
        var row = Render(Line() with { OldKeyLastFour = old });

        row.Find(".instance-reminder").TextContent.Trim().ShouldStartWith(reminder);
        row.Find(".instance-reminder button").TextContent.ShouldBe(done);
    }

    [Fact]
    public void CancelRun_Pressed_ActsOnlyWhenConfirmed()
    {
        var row = Render(Line() with { Run = RunState.Syncing });

        row.Find(".instance-live button").Click();
        _asked.ShouldBeEmpty();
        row.Find(".instance-live button").Click(new MouseEventArgs { Detail = 1 });

        _asked.ShouldBe(["cancel-run"]);
    }

    [Theory]
    [InlineData(RunState.Idle, "Idle", false)]
    [InlineData(RunState.Syncing, "Syncing", true)]
    [InlineData(RunState.Waiting, "Waiting for rate limit", true)]
    [InlineData(RunState.Failed, "Failed", false)]
    public void Row_Connected_NamesItsRunAndOffersASyncUnlessOneRuns(RunState run, string text, bool isRunning)
    {
        var row = Render(Line() with { Run = run, Progress = new RunProgress(_clock.GetUtcNow(), 3, 1200, 7, 5, IsComparison: false), WaitingUntil = _clock.GetUtcNow().AddSeconds(42) });

        row.Markup.ShouldContain(text);
        row.Find("button").HasAttribute("disabled").ShouldBe(isRunning);
        row.Markup.Contains("1,212 tickets read on 3 pages", StringComparison.Ordinal).ShouldBe(isRunning);
        row.Markup.Contains("42 s", StringComparison.Ordinal).ShouldBe(run is RunState.Waiting);
    }

    [Fact]
    public void Row_WhileItCompares_DoesNotSayThatTicketsAreRead()
    {
        var row = Render(Line() with { Run = RunState.Syncing, Progress = new RunProgress(_clock.GetUtcNow(), 1, 2, 3, 1200, IsComparison: true) });

        row.Find(".instance-running span").TextContent.Trim().ShouldBe("Comparing with Kustomer: 1,205 tickets so far.");
    }

    [Fact]
    public void Row_OfARunThatWentWellWithANote_SaysItOnce()
    {
        const string Note = "Some tickets were not compared.";

        var row = Render(Line() with { RunNote = Note, LastRun = new RunSummary { Outcome = RunOutcome.Succeeded, Note = Note, Requests = 3 } });

        row.Markup.Split(Note).Length.ShouldBe(2);
    }

    [Fact]
    public void Disconnect_Pressed_SaysWhatWillHappenAndActsOnlyWhenConfirmed()
    {
        var row = Render(Line() with { TicketCount = 41_237 });

        row.Find(".instance-actions .confirm button").Click();
        row.Find(".instance-actions .confirm button").TextContent.ShouldBe("Confirm: disconnect and keep 41,237 tickets");
        _asked.ShouldBeEmpty();
        row.Find(".instance-actions .confirm button").Click(new MouseEventArgs { Detail = 1 });

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
        .Add(row => row.OnCancelRun, _ => _asked.Add("cancel-run"))
        .Add(row => row.OnDisconnect, _ => _asked.Add("disconnect")));
}
