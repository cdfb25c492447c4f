using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Problems;

public sealed partial class ProblemsPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ProblemSheet _sheet = new([], [], []);
    private LoadStatus _status;
    private PacedRefresh? _refresh;

    [Inject]
    public required ProblemList Problems { get; init; }

    [Inject]
    public required ProblemEvents Events { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<ProblemsPage> Logger { get; init; }

    [SupplyParameterFromQuery]
    public string? Instance { get; set; }

    private long? Asked => long.TryParse(Instance, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public void Dispose()
    {
        Events.Changed -= OnChanged;
        _refresh?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _refresh = new PacedRefresh(InvokeAsync, RefreshAsync, DispatchExceptionAsync, Time);
            Events.Changed += OnChanged;
        }
    }

    protected override Task OnParametersSetAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private void OnChanged() => _refresh?.Ask();

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        try
        {
            _sheet = await Problems.ReadAsync(Asked, _leaving.Token);
            _status = LoadStatus.Ready;
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The problems could not be read");
            _status = LoadStatus.Failed;
        }
    }

    private void Choose(ChangeEventArgs change) => Navigation.NavigateTo(change.Value is string { Length: > 0 } id ? $"problems?instance={id}" : "problems");
}
