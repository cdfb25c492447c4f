using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace KustomerAdmin.Fields;

public sealed partial class FieldsPage : IDisposable
{
    private const int MostAtFirst = 200;

    private readonly CancellationTokenSource _leaving = new();
    private FieldSheet _sheet = new() { Instances = [] };
    private IReadOnlyList<PurgeLine> _purges = [];
    private FieldQuery _query = new();
    private LoadStatus _status;
    private PacedRefresh? _refresh;
    private bool _isAskingForAll;
    private int _most = MostAtFirst;

    [Inject]
    public required FieldOverview Overview { get; init; }

    [Inject]
    public required FieldDecisions Decisions { get; init; }

    [Inject]
    public required FieldReading Reading { get; init; }

    [Inject]
    public required InstanceEvents Events { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<FieldsPage> Logger { get; init; }

    [SupplyParameterFromQuery(Name = "instance")]
    public string? Instance { get; set; }

    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "order")]
    public string? Order { get; set; }

    private List<FieldLine> Waiting { get; set; } = [];

    private List<FieldLine> Decided { get; set; } = [];

    private List<FieldLine> Shown { get; set; } = [];

    public void Dispose()
    {
        Events.Changed -= OnInstanceChanged;
        _refresh?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _refresh = new PacedRefresh(InvokeAsync, RefreshAsync, DispatchExceptionAsync, Time);
            Events.Changed += OnInstanceChanged;
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var before = _query;
        _query = FieldQuery.Read(Instance, Show, Text, Sort, Order);
        (_isAskingForAll, _most) = (false, MostAtFirst);
        Arrange();
        if (RendererInfo.IsInteractive && (_status is not LoadStatus.Ready || before.InstanceId != _query.InstanceId))
        {
            await LoadAsync();
        }
    }

    private void OnInstanceChanged(long instanceId)
    {
        if (instanceId == _sheet.Instance?.Id)
        {
            _refresh?.Ask();
        }
    }

    /// <summary>How far removals have come changes several times a second; the fields themselves when one has begun or ended.</summary>
    private async Task RefreshAsync()
    {
        try
        {
            var purges = await Overview.ReadPurgesAsync(_sheet.Instance?.Id ?? 0, _leaving.Token);
            var areSame = purges.Select(static purge => purge.Id).SequenceEqual(_purges.Select(static purge => purge.Id));
            _purges = purges;
            await (areSame ? Task.CompletedTask : LoadAsync());
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            // What is shown stays; the next batch asks again.
            Logger.LogWarning(exception, "How far removals have come could not be read");
        }

        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var asked = _query.InstanceId;
        try
        {
            var sheet = await Overview.ReadAsync(asked, _leaving.Token);
            if (asked != _query.InstanceId)
            {
                // An answer to an older question.
                return;
            }

            (_sheet, _status) = (sheet, LoadStatus.Ready);
            _purges = [.. sheet.Lines.Select(static line => line.Purge).OfType<PurgeLine>().Where(static purge => purge.EndedAt is null).OrderBy(static purge => purge.Id)];
            Arrange();
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The fields could not be read");
            _status = LoadStatus.Failed;
        }
    }

    private void Arrange()
    {
        Waiting = [.. new FieldQuery().InOrder(_sheet.Lines.Where(static line => line.Storage is FieldStorage.HeldBack))];
        Decided = [.. _sheet.Lines.Where(static line => line.Storage is not FieldStorage.HeldBack)];
        Shown = [.. _query.InOrder(Decided.Where(_query.Matches))];
    }

    private void ShowInstance(ChangeEventArgs change) => Navigation.NavigateTo((FieldQuery.Read(change.Value?.ToString(), Show, Text, Sort, Order)).ToAddress());

    private void Find(ChangeEventArgs change)
    {
        _query = _query with { Text = change.Value?.ToString()?.Trim() ?? "" };
        _isAskingForAll = false;
        Arrange();
    }

    private void KeepAddress(ChangeEventArgs change) => Navigation.NavigateTo(_query.ToAddress(), replace: true);

    private Task ExcludeAllAsync() => ExcludeAsync(Shown);

    private Task ExcludeAsync(IReadOnlyList<FieldLine> lines) => DoAsync(
        instance => Decisions.ExcludeAsync(instance.Id, [.. lines.Select(static line => line.Key.Path)], _leaving.Token),
        lines.Count == 1 ? $"{lines[0].DisplayName} is not stored any more." : $"{FieldWords.Number(lines.Count)} fields are not stored any more.");

    private Task StoreAsync(FieldLine line) => DoAsync(
        instance => Decisions.StoreAsync(instance.Id, [line.Key.Path], _leaving.Token),
        $"{line.DisplayName} is stored from now on. Tickets that are here already get it when they change, or when all are read again.");

    private Task SetNewAsync(bool areHeldBack) => DoAsync(
        instance => Decisions.SetNewFieldsAsync(instance.Id, areHeldBack, _leaving.Token), areHeldBack ? "New custom fields wait for a decision." : "New custom fields are stored.");

    private Task ReadTicketsAsync() => DoAsync(
        instance => Reading.ReadTicketsAsync(instance.Id, _leaving.Token), "All tickets are being read again; Runs shows how far that has come.");

    private Task ReadDefinitionsAsync() => DoAsync(instance => Reading.ReadDefinitionsAsync(instance.Id, _leaving.Token), "The definitions were read again; fields that are new are listed.");

    private async Task DoAsync(Func<FieldInstance, Task<string?>> workAsync, string done)
    {
        if (_sheet.Instance is { } instance)
        {
            var refusal = await workAsync(instance);
            Notifications.Notify(refusal is null ? NotificationSeverity.Success : NotificationSeverity.Warning, refusal ?? done, duration: 8000);
            _isAskingForAll = false;
            await LoadAsync();
        }
    }
}
