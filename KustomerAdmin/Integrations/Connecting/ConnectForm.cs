using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Integrations.Connecting;

/// <summary>A <see cref="ConnectRequest"/> that was understood.</summary>
/// <param name="Key">Null when somebody signs in instead.</param>
internal sealed record ConnectForm(string Name, Subdomain Subdomain, ApiKey? Key, SignIn? SignIn)
{
    public static string NameFault { get; } = $"Give the connector a name of 1 to {Instance.NameLength} characters.";

    /// <returns>Null when it cannot be a name.</returns>
    public static string? NameOf(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= Instance.NameLength } name && !name.Any(char.IsControl) ? name : null;

    /// <returns>The first field that cannot be used; null when all can.</returns>
    public static ConnectResult.Invalid? Read(ConnectRequest request, out ConnectForm form)
    {
        form = null!;
        if (NameOf(request.Name) is not { } name)
        {
            return new ConnectResult.Invalid(ConnectField.Name, NameFault);
        }

        if (!Subdomain.TryParse(request.Subdomain, out var subdomain))
        {
            return new ConnectResult.Invalid(ConnectField.Subdomain, "Only letters, digits and hyphens: the first part of the address you use Kustomer at, such as acme in acme.kustomerapp.com.");
        }

        SignIn? signIn = null;
        if (request.SignIn is { } person && !SignIn.TryParse(person.Email, person.Password, out signIn))
        {
            return new ConnectResult.Invalid(ConnectField.SignIn, "Enter the e-mail address and the password of an admin in Kustomer.");
        }

        ApiKey? key = null;
        if (signIn is null && !ApiKey.TryParse(request.ApiKey, out key))
        {
            return new ConnectResult.Invalid(ConnectField.ApiKey, string.IsNullOrWhiteSpace(request.ApiKey)
                ? "Paste the API key. Kustomer shows it once, when it is created."
                : "This is not an API key: it holds blanks or special characters, or is too long. Copy it again from Kustomer.");
        }

        form = new ConnectForm(name, subdomain, key, signIn);
        return null;
    }
}
