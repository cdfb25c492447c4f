using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Integrations;

/// <summary>A <see cref="ConnectRequest"/> that was understood.</summary>
internal sealed record ConnectForm(string Name, Subdomain Subdomain, ApiKey Key)
{
    /// <returns>The first field that cannot be used; null when all can.</returns>
    public static ConnectResult.Invalid? Read(ConnectRequest request, out ConnectForm form)
    {
        form = null!;
        var name = request.Name?.Trim() ?? "";
        if (name.Length is 0 or > Instance.NameLength || name.Any(char.IsControl))
        {
            return new ConnectResult.Invalid(ConnectField.Name, $"Give the connector a name of 1 to {Instance.NameLength} characters.");
        }

        if (!Subdomain.TryParse(request.Subdomain, out var subdomain))
        {
            return new ConnectResult.Invalid(ConnectField.Subdomain, "Only letters, digits and hyphens: the first part of the address you use Kustomer at, such as acme in acme.kustomerapp.com.");
        }

        if (!ApiKey.TryParse(request.ApiKey, out var key))
        {
            return new ConnectResult.Invalid(ConnectField.ApiKey, string.IsNullOrWhiteSpace(request.ApiKey)
                ? "Paste the API key. Kustomer shows it once, when it is created."
                : "This is not an API key: it holds blanks or special characters, or is too long. Copy it again from Kustomer.");
        }

        form = new ConnectForm(name, subdomain, key);
        return null;
    }
}
