using KustomerAdmin.Audit;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Filtering;
using KustomerAdmin.Tickets.Saved;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Tickets.Listing;

/// <summary>What an admin does with the list: another address, or another arrangement that is kept.</summary>
public sealed partial class TicketsPage
{
    private ListPanel _panel;
    private ListLayout? _layout;
    private IReadOnlyList<SavedFilterLine> _saved = [];
    private IReadOnlyDictionary<string, string> _places = new Dictionary<string, string>(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, IReadOnlyList<ValueSuggestion>> _quick = new Dictionary<string, IReadOnlyList<ValueSuggestion>>(StringComparer.Ordinal);

    [Inject]
    public required SavedFilters Filters { get; init; }

    [Inject]
    public required FieldPlaces FieldPlaces { get; init; }

    [Inject]
    public required ValueSuggestions Suggestions { get; init; }

    private int Conditions => FilterTree.Conditions(_query.Filter).Count();

    private async Task OpenAsync(ListPanel panel)
    {
        _panel = panel;
        if (panel is ListPanel.Saved)
        {
            // Others may have shared one since the list was opened.
            await ReadSavedAsync();
        }
    }

    private void ClosePanel() => _panel = ListPanel.None;

    private void Show(TicketQuery query)
    {
        ClosePanel();
        Navigation.NavigateTo(ListAddress.Of(query));
    }

    private void ShowFiltered(FilterGroup filter) => Show(_query with { Filter = filter, Page = 1 });

    private async Task ArrangeAsync(IReadOnlyList<string> columns)
    {
        var own = columns.SequenceEqual(TicketColumns.DefaultOf(_fields), StringComparer.Ordinal) ? null : columns;
        await KeepAsync(layout => layout with { Columns = own });
        Show(_query with { Columns = own });
    }

    private async Task ResetAsync()
    {
        await KeepAsync(layout => ListLayout.Untouched with { IsDense = layout.IsDense });
        Show(_query with { Columns = null });
    }

    private async Task ResizeAsync((string Key, int Width) column)
    {
        await KeepAsync(layout => layout.WithWidth(column.Key, column.Width));
        _columns = [.. _columns.Select(shown => string.Equals(shown.Field.Key, column.Key, StringComparison.Ordinal) ? shown with { Width = _layout!.Widths[column.Key], IsWidthKept = true } : shown)];
    }

    private Task SwitchDensityAsync() => KeepAsync(layout => layout with { IsDense = !layout.IsDense });

    /// <summary>What cannot be kept holds until the page is left.</summary>
    private async Task KeepAsync(Func<ListLayout, ListLayout> change)
    {
        if (_layout is null)
        {
            // What is kept is not known yet, and must not be written over.
            return;
        }

        _layout = change(_layout);
        try
        {
            await Layouts.SaveAsync(_layout, _leaving.Token);
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The arrangement of the ticket list could not be kept");
        }
    }

    private async Task OnSavedAsync()
    {
        ClosePanel();
        await ReadSavedAsync();
    }

    private async Task ReadSavedAsync() => _saved = await Filters.ReadAsync(_leaving.Token);

    /// <summary>What stands around the list; it comes after the rows, and the rows are there without it.</summary>
    private async Task ReadAroundAsync(CancellationToken cancellationToken)
    {
        // While nothing is stored there is nothing to choose from, and that changes.
        if (_quick.Count > 0 && _quick.Values.All(choices => choices.Count > 0))
        {
            return;
        }

        try
        {
            await ReadSavedAsync();
            _places = await FieldPlaces.ReadAsync(cancellationToken);
            var quick = new Dictionary<string, IReadOnlyList<ValueSuggestion>>(StringComparer.Ordinal);
            foreach (var field in QuickFields.Chosen)
            {
                quick[field.Key] = await Suggestions.SuggestAsync(field.Key, null, cancellationToken);
            }

            _quick = quick;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Another list is being read, or somebody left the page.
        }
        catch (Exception exception) when (exception is not NotAnAdminException)
        {
            Logger.LogError(exception, "What stands around the ticket list could not be read");
        }
    }
}
