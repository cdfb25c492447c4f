using Flurl.Http;
using Polly;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// The one place that sends: asks again where that may help, keeps to the rate limits, counts, and hands on whole answers only.
/// </summary>
internal sealed class KustomerSender : IDisposable
{
    private readonly IFlurlClient _http;
    private readonly KustomerAnswers _answers;
    private readonly RateBudget _budget;
    private readonly RequestMeter _meter;
    private readonly TimeProvider _time;
    private readonly Patience _patience;
    private readonly ResiliencePipeline<KustomerAnswer> _pipeline;

    public KustomerSender(IFlurlClient http, RateBudget budget, RequestMeter meter, TimeProvider time, Patience patience)
    {
        (_http, _budget, _meter, _time, _patience) = (http, budget, meter, time, patience);
        _answers = new KustomerAnswers(time);
        _pipeline = new RetryRules(meter, time, patience).Build();
    }

    public async Task<KustomerAnswer> SendAsync(Question question, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_meter.Priority is RequestPriority.Interactive ? _patience.Person : Timeout.InfiniteTimeSpan, _patience.Time);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return question.IsRead
                ? await _pipeline.ExecuteAsync(cancellation => SendUnderLimitAsync(question, cancellation), all.Token)
                : await SendUnderLimitAsync(question, all.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KustomerUnavailableException(question.Endpoint, UnavailableReason.Timeout);
        }
        catch (KeyRejectedException rejection) when (question.Endpoint.Role is not null && rejection.Rejection is KeyRejection.Unknown)
        {
            // Kustomer says 401 for a missing role too; a key that is accepted elsewhere is not a wrong key.
            throw await IsKeyAcceptedAsync(cancellationToken) ? new RoleMissingException(question.Endpoint) : new KeyRejectedException(question.Endpoint, KeyRejection.Unknown);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A 429 is a pause for the sync, not a failure. The budget knows how long, and one request finds out whether it is over.</summary>
    private async ValueTask<KustomerAnswer> SendUnderLimitAsync(Question question, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _budget.Breaker.ThrowIfOpen(question.Endpoint);
                using var permit = await _budget.TakeAsync(question.Endpoint, question.IsSearch, _meter, cancellationToken);
                return await _budget.Breaker.SendAsync(question.Endpoint, cancellation => AttemptAsync(question, permit, cancellation), cancellationToken);
            }
            catch (RateLimitedException) when (_meter.Priority is RequestPriority.Batch)
            {
                _meter.AddRetry();
            }
        }
    }

    private async ValueTask<KustomerAnswer> AttemptAsync(Question question, RatePermit permit, CancellationToken cancellationToken)
    {
        var (at, started) = (_time.GetUtcNow(), _time.GetTimestamp());
        var (status, headers, isAnswered) = ((int?)null, new RateHeaders(null, null, null), false);
        using var patience = new CancellationTokenSource(_patience.Attempt, _patience.Time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        _meter.Add();
        try
        {
            // The body is read under a cap further on, so headers are enough here.
            using var body = Body(question);
            using var response = await _http.Request(question.Address).AllowAnyHttpStatus()
                .SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, body, attempt.Token, HttpCompletionOption.ResponseHeadersRead);
            (status, headers) = ((int)response.StatusCode, RateHeaders.Read(response, at));
            permit.Answered(headers, isRefused: status == 429);
            var answer = await _answers.ReadAsync(question.Endpoint, response, question.Shape, attempt.Token);
            isAnswered = true;
            _meter.Allowance.Answered();
            return answer;
        }
        catch (Exception exception) when (exception is not KustomerException and (FlurlHttpException or HttpRequestException or IOException or InvalidDataException or OperationCanceledException))
        {
            // Flurl's exception carries the request; it ends here.
            cancellationToken.ThrowIfCancellationRequested();
            throw patience.IsCancellationRequested ? new KustomerUnavailableException(question.Endpoint, UnavailableReason.Timeout) : KustomerAnswers.Translate(question.Endpoint, exception);
        }
        finally
        {
            _meter.Finish(new SentRequest(question.Endpoint, at, _time.GetElapsedTime(started), status, isAnswered, headers.Limit, headers.Remaining));
        }
    }

    private static ReadOnlyMemoryContent? Body(Question question) =>
        question.Body is not { } body ? null : new ReadOnlyMemoryContent(body) { Headers = { ContentType = new("application/json") } };

    /// <summary>When it cannot be learnt that is what the caller hears: "could not test" is not "wrong key".</summary>
    private async Task<bool> IsKeyAcceptedAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var token = await SendAsync(new Question(KustomerRoutes.CurrentToken, AnswerShape.Any), cancellationToken);
            return true;
        }
        catch (KeyRejectedException)
        {
            return false;
        }
    }
}
