using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>From an HTTP answer, or the lack of one, to JSON or a <see cref="KustomerException"/>. The one table of both.</summary>
internal sealed class KustomerAnswers(TimeProvider time)
{
    /// <summary>A list that never ends is cut here (100 records a page).</summary>
    public const int MostPages = 1000;

    /// <summary>Bytes of one JSON answer.</summary>
    public const int LargestAnswer = 10 * 1024 * 1024;

    /// <summary>The whole answer. See https://developer.kustomer.com/docs/concepts/errors for the status codes.</summary>
    public async Task<KustomerAnswer> ReadAsync(KustomerEndpoint endpoint, HttpResponseMessage response, AnswerShape shape, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is < 200 or > 299)
        {
            throw await RefusalAsync(endpoint, response, status, cancellationToken);
        }

        if (response.Content.Headers.ContentType?.MediaType is not { } type || !type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnexpectedAnswerException(endpoint, UnexpectedAnswer.NotJson);
        }

        try
        {
            var answer = await KustomerAnswer.ReadAsync(response.Content, LargestAnswer, shape is AnswerShape.List, cancellationToken);
            if (Fits(answer.RootElement, shape))
            {
                return answer;
            }

            answer.Dispose();
            throw new UnexpectedAnswerException(endpoint, UnexpectedAnswer.Malformed);
        }
        catch (JsonException)
        {
            throw new UnexpectedAnswerException(endpoint, UnexpectedAnswer.Malformed);
        }
    }

    /// <summary>What it means that there is no whole answer.</summary>
    public static KustomerException Translate(KustomerEndpoint endpoint, Exception exception)
    {
        var causes = Causes(exception).ToList();
        return causes.Exists(static cause => cause is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }) ? new UnexpectedAnswerException(endpoint, UnexpectedAnswer.TooLarge)
            : causes.Exists(static cause => cause is InvalidDataException) ? new UnexpectedAnswerException(endpoint, UnexpectedAnswer.Malformed)
            : new KustomerUnavailableException(endpoint, ReasonOf(causes));
    }

    /// <summary>An answer without a list is not an empty list: a run would end well having read nothing.</summary>
    private static bool Fits(JsonElement answer, AnswerShape shape) => shape switch
    {
        AnswerShape.List => answer.Member("data") is { ValueKind: JsonValueKind.Array },
        AnswerShape.Record => answer.Member("data") is not null,
        AnswerShape.Any => true,
    };

    private static UnavailableReason ReasonOf(List<Exception> causes) =>
        causes.Exists(static cause => cause is PrivateAddressException) ? UnavailableReason.PrivateAddress
        : causes.Exists(static cause => cause is AuthenticationException || cause is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }) ? UnavailableReason.Tls
        : causes.Exists(static cause => cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } or SocketException { SocketErrorCode: SocketError.HostNotFound }) ? UnavailableReason.HostUnknown
        : causes.Exists(static cause => cause is TimeoutException or OperationCanceledException) ? UnavailableReason.Timeout
        : UnavailableReason.Connection;

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private async Task<KustomerException> RefusalAsync(KustomerEndpoint endpoint, HttpResponseMessage response, int status, CancellationToken cancellationToken) => status switch
    {
        >= 300 and <= 399 => new UnexpectedAnswerException(endpoint, UnexpectedAnswer.Redirect, response.Headers.Location is { IsAbsoluteUri: true } target ? target.Host : "another address"),
        // A page for people instead of an error of the API comes from something in between.
        401 or 403 or 407 when response.Content.Headers.ContentType?.MediaType is "text/html" => new UnexpectedAnswerException(endpoint, UnexpectedAnswer.NotJson),
        401 => new KeyRejectedException(endpoint, RejectionOf(await TextAsync(response, cancellationToken))),
        403 => new RoleMissingException(endpoint),
        404 => new RecordNotFoundException(endpoint),
        429 => new RateLimitedException(endpoint, RateLimitReset.Read(response, time.GetUtcNow())),
        408 => new KustomerUnavailableException(endpoint, UnavailableReason.Timeout) { RetryAfter = RetryAfter(response) },
        >= 500 => new KustomerUnavailableException(endpoint, UnavailableReason.ServerError, status) { RetryAfter = RetryAfter(response) },
        _ => new RequestRefusedException(endpoint, status),
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is null ? null : RateLimitReset.ReadWait(response, time.GetUtcNow());

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);

        // Not by the charset that the answer names: a wrong one must not hide that the key was rejected.
        return Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>By the words that Kustomer's answers are known to use; there is no code for it (kustomer.com, regions-and-base-urls; singer-io's tap looks for "Expired token").</summary>
    private static KeyRejection RejectionOf(string answer)
    {
        return Says("expired") ? KeyRejection.Expired
            : Says("associated with pod") ? KeyRejection.WrongRegion
            : Says("CIDR") || Says("IP address") ? KeyRejection.AddressNotAllowed
            : KeyRejection.Unknown;

        bool Says(string words) => answer.Contains(words, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>What the <c>data</c> of an answer has to be.</summary>
internal enum AnswerShape
{
    Any,
    Record,
    List,
}
