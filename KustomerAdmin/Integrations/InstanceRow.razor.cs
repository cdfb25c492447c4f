using System.Globalization;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Integrations;

public sealed partial class InstanceRow
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

    [Inject]
    public required TimeProvider Time { get; init; }

    private bool IsRunning => Instance.Credential is CredentialState.Connected && Instance.Run is RunState.Syncing or RunState.Waiting;

    /// <summary>Asked for, and not yet begun.</summary>
    private bool IsDue => Instance.Run is RunState.Idle && Instance.NextRunAt <= Time.GetUtcNow();

    private DateTimeOffset? NextRunAt => Instance.Credential is CredentialState.Connected ? Instance.NextRunAt : null;

    private string DisconnectText => $"Confirm: disconnect and keep {Instance.TicketCount.ToString("N0", CultureInfo.InvariantCulture)} tickets";

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
}
