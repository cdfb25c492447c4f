using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Identity.Account;

public sealed partial class SetupPage
{
    private static readonly EmailAddressAttribute s_email = new();
    private IReadOnlyList<string> _faults = [];

    [Inject]
    internal FirstAdmin FirstAdmin { get; set; } = null!;

    [Inject]
    internal AdminSignIn SignIn { get; set; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromQuery]
    public string? Token { get; set; }

    [SupplyParameterFromForm]
    public SetupForm? Form { get; set; }

    private async Task CreateAsync()
    {
        if (Form is null)
        {
            return;
        }

        _faults = [.. FaultsOf(Form)];
        if (_faults.Count > 0)
        {
            return;
        }

        var address = ClientAddress.Of(HttpContext);
        var result = await FirstAdmin.CreateAsync(Token!, Form.Email!.Trim(), Form.Password!, address, HttpContext.RequestAborted);
        _faults = result.Faults;
        if (result.IsOver)
        {
            Navigation.NotFound();
        }
        else if (result.Admin is not null)
        {
            await SignIn.StartAsync(result.Admin, address, HttpContext.RequestAborted);
            Navigation.NavigateTo("/");
        }
    }

    private static IEnumerable<string> FaultsOf(SetupForm form)
    {
        if (string.IsNullOrWhiteSpace(form.Email) || form.Email.Length > 256 || !s_email.IsValid(form.Email.Trim()))
        {
            yield return "Enter an e-mail address.";
        }

        if (form.Password is null or { Length: < 15 or > 128 })
        {
            yield return "The password must have 15 to 128 characters.";
        }
        else if (!string.Equals(form.Password, form.Repeat, StringComparison.Ordinal))
        {
            yield return "The two passwords differ.";
        }
    }

    public sealed class SetupForm
    {
        public string? Email { get; set; }

        public string? Password { get; set; }

        public string? Repeat { get; set; }
    }
}
