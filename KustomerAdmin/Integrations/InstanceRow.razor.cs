using System.Globalization;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Integrations;

public sealed partial class InstanceRow : IDisposable
{
    [Parameter, EditorRequired]
    public required InstanceLine Instance { get; set; }

    [Parameter]
    public EventCallback<InstanceLine> OnSync { get; set; }

    [Parameter]
    public EventCallback<InstanceLine> OnFix { get; set; }

    [Parameter]
    public EventCallback<InstanceLine> OnCancelSetup { get; set; }

    [Parameter]
    public EventCallback<InstanceLine> OnDisconnect { get; set; }

    [Parameter]
    public EventCallback<InstanceLine> OnReconnect { get; set; }

    [Parameter]
    public EventCallback<InstanceLine> OnPause { get; set; }

    [Parameter]
    public EventCallback<InstanceLine> OnResume { get; set; }

    [Parameter]
    public EventCallback<InstanceLine> OnCancelRun { get; set; }

    [Parameter]
    public EventCallback<InstanceLine> OnSettings { get; set; }

    /// <summary>What the menu of the row offers.</summary>
    [Parameter]
    public EventCallback<(InstanceLine Instance, InstanceTask Task)> OnTask { get; set; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required SyncPace Pace { get; init; }

    [Inject]
    public required ViewerClock Clock { get; init; }

    private bool IsRunning => Instance.Credential is CredentialState.Connected && Instance.Run is RunState.Syncing or RunState.Waiting;

    /// <summary>Asked for, and not yet begun.</summary>
    private bool IsDue => Instance.Run is RunState.Idle && Instance.NextRunAt <= Time.GetUtcNow();

    /// <summary>Connected just now: Connect's second step has not been taken.</summary>
    private bool AwaitsStart => Instance is { Credential: CredentialState.Connected, Run: RunState.Idle, IsLoaded: false, LastRanAt: null, LastRun: null } && Instance.NextRunAt > Time.GetUtcNow();

    private Freshness Freshness => FreshnessRule.Of(
        Instance.LastSucceededAt, IsRunning && !Instance.IsLoaded ? Instance.LastDataAt ?? Instance.Progress?.StartedAt : null, Pace.Interval, Time.GetUtcNow());

    private string StartText => Instance.SyncFrom is { } from ? from.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture) : "two years ago";

    private DateTimeOffset? NextRunAt => Instance.Credential is CredentialState.Connected ? Instance.NextRunAt : null;

    private string DisconnectText => $"Confirm: disconnect and keep {Number(Instance.TicketCount)} tickets";

    private string CredentialText => Instance.Credential switch
    {
        CredentialState.Connected => "Connected",
        CredentialState.NotAuthenticated => "Not authenticated",
        CredentialState.Disconnected => "Disconnected",
    };

    private Tone CredentialTone => Instance.Credential switch
    {
        CredentialState.Connected => Tone.Ok,
        CredentialState.NotAuthenticated => Tone.Danger,
        CredentialState.Disconnected => Tone.Neutral,
    };

    private string RunText => Instance.Run switch
    {
        RunState.Idle => IsDue ? "Starting" : "Idle",
        RunState.Syncing => "Syncing",
        RunState.Waiting => "Waiting for rate limit",
        RunState.Failed => "Failed",
        RunState.Paused => "Paused",
    };

    private Tone RunTone => Instance.Run switch
    {
        RunState.Idle => IsDue ? Tone.Busy : Tone.Neutral,
        RunState.Syncing => Tone.Busy,
        RunState.Waiting => Tone.Warning,
        RunState.Failed => Tone.Danger,
        RunState.Paused => Tone.Warning,
    };

    private string FreshnessText => Freshness switch
    {
        Freshness.Unknown => "",
        Freshness.OnTime => "On time",
        Freshness.Late => "Late",
        Freshness.Stale => "Stale",
    };

    private Tone FreshnessTone => Freshness switch
    {
        Freshness.Unknown => Tone.Neutral,
        Freshness.OnTime => Tone.Ok,
        Freshness.Late => Tone.Warning,
        Freshness.Stale => Tone.Danger,
    };

    private string FreshnessTitle => Instance.LastSucceededAt is { } at ? $"Last synced whole {TimeText.Exact(at, Clock.Zone)}" : "The first load is under way";

    public void Dispose() => Clock.Changed -= Refresh;

    /// <summary>What is fresh now grows late while nobody does anything.</summary>
    protected override void OnInitialized() => Clock.Changed += Refresh;

    private void Refresh(object? sender, EventArgs change) => _ = InvokeAsync(StateHasChanged);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>What is done to an instance now and then, in a dialog of its own.</summary>
public enum InstanceTask
{
    Check,
    ReplaceKey,
    Rename,
    Delete,
    ForgetOldKey,
}
