using KustomerAdmin.Controls;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Filtering;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Tickets.Listing;

/// <summary>Which columns the list has and in which order: by dragging, or by two buttons.</summary>
public sealed partial class ColumnChooser
{
    private readonly Dictionary<string, IconButton> _up = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IconButton> _down = new(StringComparer.Ordinal);
    private List<string> _chosen = [];
    private string _search = "";
    private string? _dragged;
    private (string Key, int Step)? _moved;

    [Parameter, EditorRequired]
    public required IReadOnlyList<FilterField> Fields { get; set; }

    /// <summary>Names of the instances that have a field, where not all of them do.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, string> Places { get; set; }

    /// <summary>Keys of what is shown now.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Chosen { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<string>> OnApply { get; set; }

    [Parameter]
    public EventCallback OnReset { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private IEnumerable<FilterField> Shown => _chosen.Select(key => Fields.First(other => string.Equals(other.Key, key, StringComparison.Ordinal)));

    private IEnumerable<FilterField> Found => Fields.Where(other => other.IsStored && FieldWords.IsCalled(other, _search));

    protected override void OnInitialized() => _chosen = [.. Chosen];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The button moved with its row, or cannot be pressed any more at the end of the list.
        if (_moved is { } moved)
        {
            _moved = null;
            var place = _chosen.IndexOf(moved.Key);
            await (moved.Step < 0 && place > 0 ? _up : moved.Step > 0 && place < _chosen.Count - 1 ? _down : place == 0 ? _down : _up)[moved.Key].FocusAsync();
        }
    }

    private bool IsFixed(FilterField field) => _chosen.Contains(field.Key, StringComparer.Ordinal) ? _chosen.Count == 1 : _chosen.Count >= TicketQuery.MostColumns;

    private void Choose(string key, bool isChosen)
    {
        _chosen.Remove(key);
        if (isChosen)
        {
            _chosen.Add(key);
        }
    }

    private void Move(string key, int step)
    {
        var place = _chosen.IndexOf(key);
        _chosen.RemoveAt(place);
        _chosen.Insert(place + step, key);
        _moved = (key, step);
    }

    private void Drop(string target)
    {
        if (_dragged is { } key && !string.Equals(key, target, StringComparison.Ordinal))
        {
            var place = _chosen.IndexOf(target);
            _chosen.Remove(key);
            _chosen.Insert(place, key);
        }

        _dragged = null;
    }
}
