using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace KustomerAdmin.Controls;

public sealed partial class ConfirmButton
{
    private ElementReference _ask;
    private ElementReference _confirm;
    private bool _isAsking;
    private bool _isBusy;
    private bool _movesFocus;

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>What will happen, such as "Disconnect and keep 41,237 tickets".</summary>
    [Parameter, EditorRequired]
    public required string ConfirmText { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnConfirm { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public bool IsDangerous { get; set; } = true;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_movesFocus)
        {
            _movesFocus = false;
            try
            {
                await (_isAsking ? _confirm : _ask).FocusAsync();
            }
            catch (JSException)
            {
                // What was confirmed has taken it off the page meanwhile.
            }
        }
    }

    private void Ask() => _isAsking = _movesFocus = true;

    private void Cancel() => (_isAsking, _movesFocus) = (false, true);

    private void CancelOnEscape(KeyboardEventArgs key)
    {
        if (key.Key is "Escape" && _isAsking && !_isBusy)
        {
            Cancel();
        }
    }

    private async Task ConfirmAsync(MouseEventArgs click)
    {
        // The second half of a double click on the first button lands here; it confirms nothing.
        if (_isBusy || click.Detail > 1)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await OnConfirm.InvokeAsync();
        }
        finally
        {
            // The button that had the focus goes, even where this stays.
            (_isBusy, _isAsking, _movesFocus) = (false, false, true);
        }
    }
}
