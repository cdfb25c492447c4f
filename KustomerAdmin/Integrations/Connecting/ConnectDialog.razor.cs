using KustomerAdmin.Audit;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Kustomer;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace KustomerAdmin.Integrations.Connecting;

public enum ConnectMode
{
    Connect,
    Fix,
    Reconnect,
}

public sealed partial class ConnectDialog : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ConnectMode _mode;
    private long _instanceId;
    private bool _isBusy;
    private string? _name;
    private string? _subdomain;
    private string? _key;
    private bool _isSigningIn;
    private string? _email;
    private string? _password;
    private ConnectResult.Invalid? _fault;
    private ConnectResult.AlreadyThere? _already;
    private string? _overtaken;
    private ConnectionReport? _report;

    [Parameter]
    public ConnectMode Mode { get; set; }

    /// <summary>The instance to fix or reconnect.</summary>
    [Parameter]
    public InstanceLine? Instance { get; set; }

    /// <summary>The instance is connected, and its first sync waits for the second step, which is a dialog of its own.</summary>
    [Parameter]
    public EventCallback<ConnectResult.Connected> OnAwaitsStart { get; set; }

    [Inject]
    public required InstanceService Instances { get; init; }

    [Inject]
    public required KustomerClientFactory Kustomer { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    private string SubmitText => _mode switch
    {
        ConnectMode.Connect => "Connect",
        ConnectMode.Fix => "Try these credentials",
        ConnectMode.Reconnect => "Reconnect",
    };

    /// <summary>Tickets stay with the organisation they came from.</summary>
    private bool IsOrganizationFixed => Instance?.OrganizationId is not null;

    private KeyReading Reading => KeyReading.Of(_key, _subdomain, Time.GetUtcNow());

    private string Understood => Subdomain.TryParse(_subdomain, out var subdomain) ? $"{subdomain} → {Kustomer.ApiAddress(subdomain).Authority}" : "";

    /// <summary>Opens it over the page.</summary>
    /// <returns>The instance that is connected now and whose first sync waits for its start; null when none does.</returns>
    public static async Task<ConnectResult.Connected?> OpenAsync(DialogService dialogs, string title, ConnectMode mode, InstanceLine? instance)
    {
        ConnectResult.Connected? awaiting = null;
        await dialogs.OpenAsync<ConnectDialog>(
            title,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Mode)] = mode,
                [nameof(Instance)] = instance,
                [nameof(OnAwaitsStart)] = EventCallback.Factory.Create<ConnectResult.Connected>(dialogs, connected => awaiting = connected),
            },
            new DialogOptions { Width = "min(56rem, 96vw)", CssClass = "connect-dialog", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
        return awaiting;
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnInitialized() =>
        (_mode, _instanceId, _name, _subdomain) = (Mode, Instance?.Id ?? 0, Instance?.Name, Instance?.Subdomain);

    private async Task SubmitAsync()
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _fault, _already, _overtaken, _report) = (true, null, null, null, null);
        try
        {
            var request = new ConnectRequest(_name, _subdomain, _isSigningIn ? null : _key) { SignIn = _isSigningIn ? new SignInRequest(_email, _password) : null };
            await ShowAsync(await (_mode switch
            {
                ConnectMode.Connect => Instances.ConnectAsync(request, _leaving.Token),
                ConnectMode.Fix => Instances.FixAsync(_instanceId, request, _leaving.Token),
                ConnectMode.Reconnect => Instances.ReconnectAsync(_instanceId, request, _leaving.Token),
            }));
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // Somebody closed the dialog.
        }
        catch (NotAnAdminException exception)
        {
            _overtaken = exception.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task ShowAsync(ConnectResult result)
    {
        switch (result)
        {
            case ConnectResult.Connected connected:
                (_key, _password) = (null, null);
                if (connected.AwaitsStart)
                {
                    await OnAwaitsStart.InvokeAsync(connected);
                    Close();
                    break;
                }

                _report = connected.Report;
                Notifications.Notify(NotificationSeverity.Success, $"{_name} is connected.", "The sync has started.");
                if (connected.Report.Lines.All(static line => line.Outcome is CheckOutcome.Passed))
                {
                    Close();
                }

                break;
            case ConnectResult.NotAuthenticated refused:
                // It exists now: the next try mends it. What was typed stays, except a key that was found wanting; one that could only
                // not be tested stays too, because Kustomer shows it once.
                (_mode, _instanceId, _report) = (ConnectMode.Fix, refused.InstanceId, refused.Report);
                (_key, _password) = refused.Report.Lines.Any(static line => line.Outcome is CheckOutcome.Failed) ? (null, null) : (_key, _password);
                break;
            case ConnectResult.Invalid invalid:
                _fault = invalid;
                break;
            case ConnectResult.AlreadyThere already:
                _already = already;
                break;
            case ConnectResult.Overtaken overtaken:
                _overtaken = overtaken.Sentence;
                break;
        }
    }

    private void Close() => Dialogs.Close();

    private string? FaultOf(ConnectField field) => _fault?.Field == field ? _fault.Sentence : null;

    private string Faulty(ConnectField field) => _fault?.Field == field ? "true" : "false";
}
