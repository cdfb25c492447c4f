using System.Globalization;
using KustomerAdmin.Controls;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Audit;

public sealed partial class AuditPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private AuditSheet _sheet = new([], 0);
    private LoadStatus _status;

    [Inject]
    public required AuditLog Log { get; init; }

    [Inject]
    public required ILogger<AuditPage> Logger { get; init; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    /// <summary>What an address says that is no number is the first page.</summary>
    private int Asked => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1;

    private int Current => Math.Clamp(Asked, 1, LastPage);

    private int LastPage => Math.Max(1, (_sheet.Total + AuditLog.PageSize - 1) / AuditLog.PageSize);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnParametersSetAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private async Task LoadAsync()
    {
        try
        {
            _sheet = await Log.ReadAsync(Asked, _leaving.Token);
            if (_sheet.Lines.Count == 0 && _sheet.Total > 0)
            {
                _sheet = await Log.ReadAsync(Current, _leaving.Token);
            }

            _status = LoadStatus.Ready;
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The audit log could not be read");
            _status = LoadStatus.Failed;
        }
    }
}
