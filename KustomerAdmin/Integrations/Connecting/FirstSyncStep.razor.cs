using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Checking;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace KustomerAdmin.Integrations.Connecting;

/// <summary>Connect's second step.</summary>
public sealed partial class FirstSyncStep : IDisposable
{
    private const string NotYet = "…";

    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource _current = new();
    private DateTimeOffset? _from;
    private int _share = Instance.DefaultRateShare;
    private Forecast? _forecast;
    private string? _problem;
    private string? _refusal;
    private bool _isAsking;
    private bool _isStarting;

    [Parameter, EditorRequired]
    public long InstanceId { get; set; }

    /// <summary>What the connection check found.</summary>
    [Parameter, EditorRequired]
    public required ConnectionReport Report { get; set; }

    /// <summary>What the defaults will take, which hold when this is closed without a choice.</summary>
    [Parameter]
    public EventCallback<Forecast> OnForecastOfDefaults { get; set; }

    [Parameter]
    public EventCallback OnStarted { get; set; }

    [Inject]
    public required FirstSync FirstSync { get; init; }

    /// <summary>A new share changes what it means, not what was counted.</summary>
    private Forecast? Current => _forecast is { } forecast ? forecast with { RateShare = _share } : null;

    /// <summary>Opens it over the page.</summary>
    /// <returns>What the sync starts with when it was closed without a choice, as it stood there at first; null when it was started.</returns>
    public static async Task<FirstSyncChoice?> OpenAsync(DialogService dialogs, string? name, ConnectResult.Connected connected)
    {
        var unchosen = (FirstSyncChoice?)FirstSyncChoice.Default;
        await dialogs.OpenAsync<FirstSyncStep>(
            $"{name ?? "The instance"} is connected: its first sync",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(InstanceId)] = connected.InstanceId,
                [nameof(Report)] = connected.Report,
                [nameof(OnForecastOfDefaults)] = EventCallback.Factory.Create<Forecast>(dialogs, forecast => unchosen = FirstSyncChoice.Default with { Forecast = forecast }),
                [nameof(OnStarted)] = EventCallback.Factory.Create(dialogs, () =>
                {
                    unchosen = null;
                    dialogs.Close();
                }),
            },
            new DialogOptions { Width = "min(40rem, 96vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
        return unchosen;
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _current.Dispose();
    }

    protected override Task OnInitializedAsync() => AskAsync();

    private Task ChangeStartAsync(DateTimeOffset? from)
    {
        _from = from;
        return AskAsync();
    }

    private async Task AskAsync()
    {
        // Only the last question counts.
        await _current.CancelAsync();
        _current.Dispose();
        _current = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        var current = _current.Token;
        _isAsking = true;
        try
        {
            var answer = await FirstSync.ForecastAsync(InstanceId, _from, _share, current);
            if (!current.IsCancellationRequested)
            {
                (_forecast, _problem, _isAsking) = (answer.Forecast, answer.Problem, false);
                if (_from is null && answer.Forecast is { } forecast)
                {
                    await OnForecastOfDefaults.InvokeAsync(forecast with { RateShare = Instance.DefaultRateShare });
                }
            }
        }
        catch (OperationCanceledException) when (current.IsCancellationRequested)
        {
            // Another date was chosen, or the dialog closed.
        }
        catch (NotAnAdminException exception)
        {
            (_problem, _isAsking) = (exception.Message, false);
        }
    }

    private async Task StartAsync()
    {
        if (_isStarting)
        {
            return;
        }

        (_isStarting, _refusal) = (true, null);
        try
        {
            _refusal = await FirstSync.StartAsync(InstanceId, new FirstSyncChoice { From = _from, RateShare = _share, Forecast = _isAsking ? null : Current }, _leaving.Token);
            if (_refusal is null)
            {
                await OnStarted.InvokeAsync();
            }
        }
        catch (NotAnAdminException exception)
        {
            _refusal = exception.Message;
        }
        finally
        {
            _isStarting = false;
        }
    }

    private string Text(Func<Forecast, string> show) => Current is { } forecast ? show(forecast) : NotYet;

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan duration) =>
        duration.TotalMinutes < 1 ? "under a minute"
        : duration.TotalMinutes < 90 ? $"about {Math.Ceiling(duration.TotalMinutes).ToString(CultureInfo.InvariantCulture)} min"
        : $"about {Math.Round(duration.TotalHours, 1).ToString(CultureInfo.InvariantCulture)} h";
}
