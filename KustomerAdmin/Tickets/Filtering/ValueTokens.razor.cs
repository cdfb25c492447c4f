using KustomerAdmin.Audit;
using KustomerAdmin.Filters;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Tickets.Filtering;

public sealed partial class ValueTokens : IDisposable
{
    private readonly string _listId = $"values-{Guid.NewGuid():N}";
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private ElementReference _input;
    private CancellationTokenSource _asking = new();
    private IReadOnlyList<ValueSuggestion> _suggestions = [];
    private string _typed = "";
    private bool _isOpen;

    [Inject]
    public required ValueSuggestions Suggestions { get; init; }

    [Inject]
    public required ILogger<ValueTokens> Logger { get; init; }

    [CascadingParameter]
    public required FilterBuilder Builder { get; set; }

    [Parameter, EditorRequired]
    public required FilterField Field { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Values { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<string>> ValuesChanged { get; set; }

    [Parameter]
    public bool TakesFocus { get; set; }

    private bool IsListShown => _isOpen && _suggestions.Count > 0;

    /// <summary>Of what has names only a name can be asked for.</summary>
    private bool IsFree => Field.Type is FilterFieldType.Text or FilterFieldType.Number or FilterFieldType.Date;

    public void Dispose()
    {
        _asking.Cancel();
        _asking.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && TakesFocus)
        {
            await _input.FocusAsync();
            await OpenAsync();
            StateHasChanged();
        }
    }

    private bool Has(string value) => Values.Contains(value, StringComparer.Ordinal);

    private string LabelOf(string value) => _labels.GetValueOrDefault(value) ?? Builder.Names.LabelOf(Field.Key, value);

    private void Close()
    {
        _isOpen = false;
        if (!IsFree)
        {
            // What is no name of anything is not kept.
            _typed = "";
        }
    }

    private Task OpenAsync() => SuggestAsync(_typed);

    private Task TypeAsync(string? typed) => SuggestAsync(_typed = typed ?? "");

    /// <summary>Enter, or leaving the box: what was typed becomes a value.</summary>
    private async Task CommitAsync(ChangeEventArgs change)
    {
        var typed = (change.Value?.ToString() ?? "").Trim();
        var named = _suggestions.FirstOrDefault(suggestion => string.Equals(suggestion.Label, typed, StringComparison.OrdinalIgnoreCase));
        if (typed.Length > 0 && (IsFree ? named?.Value ?? typed : named?.Value) is { } value)
        {
            Remember(named);
            await AddAsync(value);
        }
    }

    private async Task ToggleAsync(ValueSuggestion suggestion)
    {
        Remember(suggestion);
        await (Has(suggestion.Value) ? RemoveAsync(suggestion.Value) : AddAsync(suggestion.Value));
    }

    private async Task AddAsync(string value)
    {
        var wasTyped = _typed.Length > 0;
        _typed = "";
        if (!Has(value))
        {
            await ValuesChanged.InvokeAsync([.. Values, value]);
        }

        if (wasTyped && _isOpen)
        {
            await SuggestAsync("");
        }
    }

    private async Task RemoveAsync(string value)
    {
        await ValuesChanged.InvokeAsync([.. Values.Where(other => !string.Equals(other, value, StringComparison.Ordinal))]);
        await _input.FocusAsync();
    }

    private async Task SuggestAsync(string typed)
    {
        _isOpen = true;
        await _asking.CancelAsync();
        _asking.Dispose();
        _asking = new CancellationTokenSource();
        var asked = _asking.Token;
        try
        {
            var suggestions = await Suggestions.SuggestAsync(Field.Key, typed, asked);
            if (!asked.IsCancellationRequested)
            {
                _suggestions = suggestions;
            }
        }
        catch (Exception) when (asked.IsCancellationRequested)
        {
            // Something else was typed meanwhile.
        }
        catch (Exception exception) when (exception is not NotAnAdminException)
        {
            // Values can be typed without suggestions.
            Logger.LogError(exception, "Values of {Field} could not be suggested", Field.Key);
            _suggestions = [];
        }
    }

    private void Remember(ValueSuggestion? suggestion)
    {
        if (suggestion is not null)
        {
            _labels[suggestion.Value] = suggestion.Label;
        }
    }
}
