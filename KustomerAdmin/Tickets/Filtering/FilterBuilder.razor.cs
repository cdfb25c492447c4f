using KustomerAdmin.Filters;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Tickets.Filtering;

/// <summary>Builds a filter out of conditions and groups. Nothing is asked before it is applied.</summary>
public sealed partial class FilterBuilder
{
    /// <summary>Of a filter in an address, with room for the rest of the list in what servers take.</summary>
    private const int LongestAddress = 4000;

    private string? _said;

    [Parameter, EditorRequired]
    public required FilterGroup Filter { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<FilterField> Fields { get; set; }

    [Parameter, EditorRequired]
    public required FilterNames Names { get; set; }

    /// <summary>Names of the instances that have a field, where not all of them do.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, string> Places { get; set; }

    [Parameter]
    public EventCallback<FilterGroup> OnApply { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    internal FilterDraft Draft { get; private set; } = FilterDraft.Of(FilterGroup.Everything, static _ => null);

    /// <summary>An address leaves out what is more than this.</summary>
    internal bool IsFull => Draft.Conditions.Count() >= FilterText.MostConditions;

    internal bool HasRoomFor(DraftNode another) => Draft.Conditions.Count() + FilterDraft.ConditionsOf(another).Count() <= FilterText.MostConditions;

    internal FilterField? FieldOf(string? key) => Fields.FirstOrDefault(field => string.Equals(field.Key, key, StringComparison.Ordinal));

    /// <summary>For the parts: changes the draft and shows it.</summary>
    internal void Edit(Action<FilterDraft> edit)
    {
        edit(Draft);
        _said = null;
        StateHasChanged();
    }

    /// <summary>Whether this is what the focus goes to; it is told so once.</summary>
    internal bool TakesFocus(DraftNode node, DraftFocusOn on = DraftFocusOn.Node)
    {
        if (Draft.Focus is not { } focus || focus.Node != node || focus.On != on)
        {
            return false;
        }

        Draft.Focus = null;
        return true;
    }

    protected override void OnInitialized()
    {
        Draft = FilterDraft.Of(Filter, key => FieldOf(key)?.Type);
        if (Filter.IsEmpty)
        {
            Draft.AddCondition(Draft.Root);
        }
    }

    private async Task ApplyAsync()
    {
        var unfinished = Draft.Conditions.Where(condition => (condition.Problem = ProblemOf(condition)) is not null).ToList();
        if (unfinished.Count > 0)
        {
            Draft.Focus = new DraftFocus(unfinished[0]);
            _said = unfinished.Count == 1 ? "One condition cannot be asked like this." : $"{unfinished.Count} conditions cannot be asked like this.";
            return;
        }

        if (Draft.Conditions.Count(condition => condition.Field is not null) is var count and > FilterText.MostConditions)
        {
            _said = $"A filter has at most {FilterText.MostConditions} conditions, and this one has {count}. Remove some.";
            return;
        }

        var filter = Draft.ToFilter();
        if (Uri.EscapeDataString(FilterText.Format(filter)).Length > LongestAddress)
        {
            _said = "This filter is too long for an address. Take some of its values away.";
            return;
        }

        await OnApply.InvokeAsync(filter);
    }

    /// <summary>
    /// Where nobody has sought a field there is no condition yet. A field that is no longer stored is not the builder's to refuse: its condition stays, struck out, until somebody removes it.
    /// </summary>
    private string? ProblemOf(DraftCondition condition) =>
        condition is { Field: null, Sought: { Length: > 0 } sought } ? $"No field is chosen for \"{sought}\". Choose one from the list, or remove this condition."
        : FieldOf(condition.Field) is { IsStored: true } field ? FilterProblem.Of(new FilterCondition(field.Key, condition.Operator, condition.Values), field)?.Text : null;
}
