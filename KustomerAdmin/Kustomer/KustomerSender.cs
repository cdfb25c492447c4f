using System.Text.Json;
using Flurl.Http;

namespace KustomerAdmin.Kustomer;

/// <summary>The one place that sends a request and reads its answer whole.</summary>
internal sealed class KustomerSender(IFlurlClient http, KustomerAnswers answers, RequestMeter meter, TimeProvider time) : IDisposable
{
    public async Task<JsonElement> SendAsync(KustomerRoute route, HttpMethod method, string? query, HttpContent? body, CancellationToken cancellationToken)
    {
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        HttpResponseMessage? heard = null;
        var isAnswered = false;
        try
        {
            using var response = await http.Request(query is null ? route.Path : $"{route.Path}?{query}").AllowAnyHttpStatus().SendAsync(method, body, cancellationToken);
            heard = response;
            var answer = await answers.ReadAsync(route.Endpoint, response, cancellationToken);
            isAnswered = true;
            return answer;
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
        finally
        {
            meter.Finish(new SentRequest(route.Endpoint, at, time.GetElapsedTime(started), (int?)heard?.StatusCode, isAnswered, Number("x-ratelimit-limit"), Number("x-ratelimit-remaining")));
        }

        int? Number(string header) => heard is not null && heard.Headers.TryGetValues(header, out var texts) && int.TryParse(texts.First(), out var number) ? number : null;
    }

    public void Dispose() => http.Dispose();

    /// <summary>When it cannot be learnt that is what the caller hears: "could not test" is not "wrong key".</summary>
    private async Task<bool> IsKeyAcceptedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(KustomerRoutes.CurrentToken, HttpMethod.Get, query: null, body: null, cancellationToken);
            return true;
        }
        catch (KeyRejectedException)
        {
            return false;
        }
    }
}
