using Microsoft.Extensions.Options;

namespace KustomerAdmin.Kustomer;

internal sealed class KustomerOptionsValidator : IValidateOptions<KustomerOptions>
{
    public ValidateOptionsResult Validate(string? name, KustomerOptions options)
    {
        List<string> faults = [];
        Check($"{KustomerOptions.Section}:{nameof(options.ApiUrlTemplate)}", options.ApiUrlTemplate, faults);
        Check($"{KustomerOptions.Section}:{nameof(options.PortalUrlTemplate)}", options.PortalUrlTemplate, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(string key, string template, List<string> faults)
    {
        if (!Uri.TryCreate(template.Replace(KustomerOptions.Placeholder, "acme", StringComparison.Ordinal), UriKind.Absolute, out var address)
            || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            faults.Add($"{key} is '{template}'; it must be an address such as https://{{subdomain}}.api.kustomerapp.com, without user name, query or fragment.");
        }
        else if (!string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            && !(string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && address.IsLoopback))
        {
            faults.Add($"{key} is '{template}'; it must begin with https://. Only a loopback address such as http://127.0.0.1:5199 may use http.");
        }
    }
}
