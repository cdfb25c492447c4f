using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Identity.Account;

public sealed partial class SignInPage
{
    private string? _fault;

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
        var outcome = string.IsNullOrWhiteSpace(Form?.Email) || string.IsNullOrEmpty(Form.Password)
            ? SignInOutcome.Refused
            : await SignIn.SignInAsync(Form.Email.Trim(), Form.Password, ClientAddress.Of(HttpContext), HttpContext.RequestAborted);
        _fault = outcome switch
        {
            SignInOutcome.SignedIn => null,
            SignInOutcome.LockedOut => "Too many wrong passwords. This account is locked for up to 15 minutes.",
            SignInOutcome.Refused => "The e-mail address or the password is wrong.",
        };
        if (outcome is SignInOutcome.SignedIn)
        {
            Navigation.NavigateTo(AccountRoutes.Local(ReturnUrl));
        }
    }

    public sealed class SignInForm
    {
        public string? Email { get; set; }

        public string? Password { get; set; }
    }
}
