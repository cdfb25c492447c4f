using System.Net.Http.Headers;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// Attaches the key to a request, and only to one for the API address it belongs to; no request for another address leaves, with a key or without. The last line of defence:
/// whatever went wrong before, the key reaches no other host, port, scheme or path.
/// </summary>
internal sealed class KeyFirewall(Uri apiAddress, ApiKey? key, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly string _allowedPath = apiAddress.AbsolutePath.TrimEnd('/') + KustomerRoutes.Prefix;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } target
            || !string.Equals(target.GetLeftPart(UriPartial.Authority), apiAddress.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
            || !target.AbsolutePath.StartsWith(_allowedPath, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("A request with the API key was about to leave for an address that is not Kustomer's API.");
        }

        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key.Reveal());
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            // Exceptions and responses keep the request; they must not keep the key.
            request.Headers.Authorization = null;
        }
    }
}
