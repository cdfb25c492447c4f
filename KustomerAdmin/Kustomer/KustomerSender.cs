using System.Text.Json;
using Flurl.Http;

namespace KustomerAdmin.Kustomer;

/// <summary>The one place that sends a request and reads its answer whole.</summary>
internal sealed class KustomerSender(IFlurlClient http, KustomerAnswers answers) : IDisposable
{
    public async Task<JsonDocument> SendAsync(KustomerRoute route, HttpMethod method, string? query, HttpContent? body, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.Request(query is null ? route.Path : $"{route.Path}?{query}").AllowAnyHttpStatus().SendAsync(method, body, cancellationToken);
            return await answers.ReadAsync(route.Endpoint, response, cancellationToken);
        }
        catch (KeyRejectedException rejection) when (route.Endpoint.Role is not null && !rejection.IsExpired)
        {
            // Kustomer says 401 for a missing role too; a key that is accepted elsewhere is not a wrong key.
            throw await IsKeyAcceptedAsync(cancellationToken) ? new RoleMissingException(route.Endpoint) : new KeyRejectedException(route.Endpoint, isExpired: false);
        }
        catch (FlurlHttpException exception)
        {
            // Flurl's exception carries the request; it ends here.
            throw KustomerAnswers.Translate(route.Endpoint, exception, cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>When it cannot be learnt that is what the caller hears: "could not test" is not "wrong key".</summary>
    private async Task<bool> IsKeyAcceptedAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var token = await SendAsync(KustomerRoutes.CurrentToken, HttpMethod.Get, query: null, body: null, cancellationToken);
            return true;
        }
        catch (KeyRejectedException)
        {
            return false;
        }
    }
}
