using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Filters;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Radzen;

namespace KustomerAdmin.Tickets.Missing;

/// <summary>Answers why a ticket is not in a list. Ticket and list are in its address, so that the answer can be passed on.</summary>
public sealed partial class FindTicketPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private TicketQuery _list = new();
    private TicketReference? _reference;
    private TicketFindings? _findings;
    private IReadOnlyList<FilterField> _fields = [];
    private IReadOnlyList<FilterSegment> _sentence = [];
    private FilterNames _names = FilterNames.None;
    private LoadStatus _status;
    private string? _text;
    private string? _said;
    private (string? Q, string? List)? _asked;
    private int _latest;
    private bool _isMisread;
    private bool _isBusy;

    /// <summary>The ticket, as somebody typed or pasted it.</summary>
    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    /// <summary>The list's address.</summary>
    [SupplyParameterFromQuery(Name = "list")]
    public string? List { get; set; }

    [Inject]
    public required TicketFinder Finder { get; init; }

    [Inject]
    public required FilterFields FilterFields { get; init; }

    [Inject]
    public required InstanceActions Actions { get; init; }

    [Inject]
    public required InstanceSettings Settings { get; init; }

    [Inject]
    public required InstanceList Instances { get; init; }

    [Inject]
    public required FirstSync FirstSync { get; init; }

    [Inject]
    public required ViewerClock Clock { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required ILogger<FindTicketPage> Logger { get; init; }

    /// <summary>Where it is answered.</summary>
    public static string AddressOf(string? typed, TicketQuery list) => QueryHelpers.AddQueryString(
        "tickets/find",
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["q"] = string.IsNullOrWhiteSpace(typed) ? null : typed.Trim(), ["list"] = ListAddress.Of(list) });


    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_asked == (Q, List))
        {
            return;
        }

        (_asked, _text, _list) = ((Q, List), Q, TicketQuery.FromAddress(List ?? ""));
        _isMisread = !TicketReference.TryParse(Q, out _reference) && !string.IsNullOrWhiteSpace(Q);
        if (RendererInfo.IsInteractive)
        {
            // Once for each address: an answer may cost a request.
            await LookAgainAsync();
        }
    }

    private void Look() => Navigation.NavigateTo(AddressOf(_text, _list));

    private Task LookAgainAsync()
    {
        (_said, _findings, _status) = (null, null, LoadStatus.Loading);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var mine = ++_latest;
        try
        {
            var (fields, names) = (await FilterFields.ReadAsync(_leaving.Token), await FilterFields.ReadNamesAsync(_leaving.Token));
            await Clock.StartAsync();
            var findings = _reference is null ? null : await Finder.FindAsync(_reference, _list, new ViewerTime(Clock.Now, Clock.Zone), _leaving.Token);

            // A slower answer to an older question is not shown over a newer one.
            if (mine == _latest)
            {
                (_fields, _names, _findings, _status) = (fields, names, findings, LoadStatus.Ready);
                _sentence = FilterSentence.Of(_list.Filter, fields, names);
            }
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "A ticket could not be looked for");
            if (mine == _latest)
            {
                _status = LoadStatus.Failed;
            }
        }
    }

    private Task SyncAsync(FoundInstance instance) => ActAsync(() => Actions.RequestSyncAsync(instance.Id, _leaving.Token), $"A sync of {instance.Name} was asked for. Look again when it has run.");

    private Task ResumeAsync(FoundInstance instance) => ActAsync(() => Actions.ResumeAsync(instance.Id, _leaving.Token), $"{instance.Name} goes on and syncs now. Look again when it has run.");

    private Task MoveStartAsync((FoundInstance Instance, DateTimeOffset From) move) => ActAsync(
        async () => await Settings.SetStartAsync(move.Instance.Id, move.From, _leaving.Token) ?? await Actions.RequestSyncAsync(move.Instance.Id, _leaving.Token),
        $"{move.Instance.Name} now syncs tickets {SyncStart.Words(move.From)}, and has begun. Look again when it has come so far.");

    private Task ConnectAsync(string? subdomain) =>
        OpenAsync("Connect Kustomer", ConnectMode.Connect, subdomain is null ? null : new InstanceLine { Id = 0, Name = subdomain, Subdomain = subdomain });

    private async Task CredentialsAsync((FoundInstance Instance, bool IsDisconnected) at)
    {
        // As it is now: somebody else may have mended it.
        var line = (await Instances.ReadAsync(_leaving.Token)).FirstOrDefault(line => line.Id == at.Instance.Id);
        await (at.IsDisconnected ? OpenAsync($"Reconnect {at.Instance.Name}", ConnectMode.Reconnect, line) : OpenAsync($"Fix credentials of {at.Instance.Name}", ConnectMode.Fix, line));
    }

    private async Task OpenAsync(string title, ConnectMode mode, InstanceLine? instance)
    {
        if (await ConnectDialog.OpenAsync(Dialogs, title, mode, instance) is { } connected)
        {
            // Leaving the page closes the step, which starts the sync as closing it does.
            var choice = await FirstSyncStep.OpenAsync(Dialogs, instance?.Name, connected);
            await ActAsync(() => choice is null ? Task.FromResult<string?>(null) : FirstSync.StartAsync(connected.InstanceId, choice, CancellationToken.None), "Connected. The first sync has started.");
        }
    }

    private async Task ActAsync(Func<Task<string?>> actAsync, string done)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            _said = await actAsync() ?? done;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
