using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Identity.Account;

public sealed partial class SignInPage
{
    private bool _isRefused;

    [Inject]
    internal AdminSignIn SignIn { get; set; } = null!;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromQuery(Name = AccountRoutes.ReturnUrl)]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm]
    public SignInForm? Form { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            // A session that was ended elsewhere may still have its cookie: going back with it would only lead here again.
            if (await SignIn.IsCurrentAsync(HttpContext.User))
            {
                Navigation.NavigateTo(AccountRoutes.Local(ReturnUrl));
            }
            else
            {
                await SignIn.SignOutAsync(HttpContext.User, HttpContext.RequestAborted);
            }
        }
    }

    private async Task SignInAsync()
    {
        // Longer than any account's cannot be right, and nothing is done for it.
        if (Form is { Email.Length: <= 256, Password: { Length: > 0 and <= 128 } password } && !string.IsNullOrWhiteSpace(Form.Email)
            && await SignIn.SignInAsync(Form.Email.Trim(), password, ClientAddress.Of(HttpContext), HttpContext.RequestAborted))
        {
            Navigation.NavigateTo(AccountRoutes.Local(ReturnUrl));
            return;
        }

        _isRefused = true;
    }

    public sealed class SignInForm
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}
