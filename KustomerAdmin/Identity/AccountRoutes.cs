namespace KustomerAdmin.Identity;

public static class AccountRoutes
{
    public const string SignIn = "/account/sign-in";
    public const string SignOut = "/account/sign-out";
    public const string Setup = "/setup";
    public const string ReturnUrl = "returnUrl";

    /// <summary>Only an address of this console, never one that leads elsewhere.</summary>
    public static string Local(string? returnUrl) => IsLocal(returnUrl) ? returnUrl! : "/";

    /// <summary>Two slashes, of either kind, begin the name of a host; dots can make two of what is not, and no address of ours begins with one.</summary>
    private static bool IsLocal(string? url) =>
        url is ['/'] or ['/', not ('/' or '\\' or '.'), ..] && !url.Any(char.IsControl);
}
