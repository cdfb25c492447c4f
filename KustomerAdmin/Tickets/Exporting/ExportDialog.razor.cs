using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace KustomerAdmin.Tickets.Exporting;

/// <summary>
/// Exports the list that it is opened from. The browser downloads the file by itself: closing this, or losing the connection of the page, leaves the
/// download alone, and opened again it shows the one that runs.
/// </summary>
public sealed partial class ExportDialog : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ExportPlan? _plan;
    private RunningExport? _export;
    private PacedRefresh? _refresh;
    private LoadStatus _status;
    private string? _refusal;
    private long? _total;
    private bool _hasId;
    private bool _isIdAdded;
    private bool _isBusy;

    /// <summary>The export that runs is of this list, so its total is known.</summary>
    private bool _isOwn;

    /// <summary>The list: filter, sort, sample and columns. Its page does not matter.</summary>
    [Parameter, EditorRequired]
    public required TicketQuery Query { get; set; }

    [Inject]
    public required TicketExport Export { get; init; }

    [Inject]
    public required TicketSearch Search { get; init; }

    [Inject]
    public required ViewerClock Clock { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<ExportDialog> Logger { get; init; }

    private long? Total => _isOwn ? _total : null;

    private bool IsUnderWay => _export?.IsUnderWay == true;

    private string Extent => _total switch
    {
        null => "Exports all tickets of this list as a CSV file.",
        1 => "Exports the one ticket of this list as a CSV file.",
        { } total => $"Exports the {Number(total)} tickets of this list as a CSV file.",
    };

    private TicketQuery Asked => _isIdAdded && _plan is { } plan ? Query with { Columns = [OwnField.Id, .. plan.Columns.Select(column => column.Key)] } : Query;

    /// <summary>Opens it over the page.</summary>
    public static Task OpenAsync(DialogService dialogs, TicketQuery query) => dialogs.OpenAsync<ExportDialog>(
        "Export to CSV",
        new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Query)] = query },
        new DialogOptions { Width = "min(32rem, 96vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true });

    public void Dispose()
    {
        Follow(null);
        _refresh?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _refresh = new PacedRefresh(InvokeAsync, RefreshAsync, DispatchExceptionAsync, Time);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            await Clock.StartAsync();
            _plan = await Export.PlanAsync(Query, _leaving.Token);
            _hasId = _plan.Columns.Any(column => string.Equals(column.Key, OwnField.Id, StringComparison.Ordinal));
            _isIdAdded = !_hasId;
            Follow(await Export.CurrentAsync(_leaving.Token));
            _status = LoadStatus.Ready;
            StateHasChanged();
            _total = (await Search.CountAsync(Query, Viewer(), isExact: true, _leaving.Token)).Number;
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "An export could not be prepared");
            _status = _plan is null ? LoadStatus.Failed : LoadStatus.Ready;
        }
    }

    private async Task ExportAsync()
    {
        // A double click begins one.
        if (_isBusy || IsUnderWay)
        {
            return;
        }

        _isBusy = true;
        try
        {
            (var export, _refusal) = await Export.BeginAsync(Asked, Viewer(), _leaving.Token);
            Follow(export);
            _isOwn = true;
            if (export is not null)
            {
                await Browser.InvokeVoidAsync("KustomerAdmin.download", _leaving.Token, TicketEndpoints.ExportAddress(export));
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private Task CancelAsync() => Export.CancelAsync(_leaving.Token);

    private ViewerTime Viewer() => new(Clock.Now, Clock.Zone);

    private void Follow(RunningExport? export)
    {
        if (_export is not null)
        {
            _export.Changed -= OnChanged;
        }

        _export = export;
        if (_export is not null)
        {
            _export.Changed += OnChanged;
        }
    }

    private void OnChanged() => _refresh?.Ask();

    private Task RefreshAsync()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    private string Progress(RunningExport export) => export.State switch
    {
        ExportState.Waiting => "Waiting for the browser to begin the download…",
        ExportState.Writing => $"{Number(export.Rows)}{(Total > export.Rows ? $" of about {Number(Total.Value)}" : "")} rows so far. You may close this: the download goes on.",
        ExportState.Done => $"Done: {Number(export.Rows)} {(export.Rows == 1 ? "row" : "rows")} exported.{(export.HasMetChanges ? $" {RunningExport.ChangesNote}" : "")}",
        ExportState.Cancelled => $"Cancelled after {Number(export.Rows)} rows. The browser shows the download as failed; what it kept of it is not whole.",
        ExportState.NotCollected => "The browser did not fetch the file within half a minute. Check whether it blocks downloads from this page, then export again.",
        ExportState.Failed => $"The export ended early, after {Number(export.Rows)} rows: the download was cancelled in the browser, or something failed on the way. The file is not whole; export again.",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
