namespace KustomerAdmin.Identity;

public static class AccountRoutes
{
    public const string SignIn = "/account/sign-in";
    public const string SignOut = "/account/sign-out";
    public const string Setup = "/setup";
    public const string ReturnUrl = "returnUrl";

    /// <summary>Only an address of this console, never one that leads elsewhere.</summary>
    public static string Local(string? returnUrl) => IsLocal(returnUrl) ? returnUrl! : "/";

    private static bool IsLocal(string? url) =>
        url is ['/'] or ['/', not ('/' or '\\'), ..] && !url.Any(char.IsControl);
}
