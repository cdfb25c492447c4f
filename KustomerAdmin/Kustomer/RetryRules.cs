using Polly;
using Polly.Retry;

namespace KustomerAdmin.Kustomer;

/// <summary>When one client asks again; how much of that it may is its meter's <see cref="RetryAllowance"/>.</summary>
internal sealed class RetryRules(RequestMeter meter, TimeProvider time, Patience patience)
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private bool IsBatch => meter.Priority is RequestPriority.Batch;

    private int MostRetries => IsBatch ? 4 : 1;

    public ResiliencePipeline<KustomerAnswer> Build() => new ResiliencePipelineBuilder<KustomerAnswer> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<KustomerAnswer>
        {
            MaxRetryAttempts = MostRetries,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.AttemptNumber < MostRetries && IsWorthIt(arguments.Outcome.Exception, arguments.AttemptNumber) && meter.Allowance.TrySpend()),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Delay(arguments.Outcome.Exception, arguments.AttemptNumber)),
            OnRetry = _ =>
            {
                meter.AddRetry();
                return default;
            },
        })
        .Build();

    private bool IsWorthIt(Exception? exception, int attempt) => exception switch
    {
        KustomerUnavailableException { Reason: UnavailableReason.Timeout or UnavailableReason.Connection or UnavailableReason.ServerError } unavailable =>
            IsBatch || unavailable.RetryAfter is null || unavailable.RetryAfter < patience.Person / 2,
        UnexpectedAnswerException { Answer: UnexpectedAnswer.Malformed } => attempt == 0,
        _ => false,
    };

    /// <summary>Full jitter, so that clients that failed together do not come back together. A person's only retry comes at once.</summary>
    private TimeSpan Delay(Exception? exception, int attempt)
    {
        if (exception is KustomerUnavailableException { RetryAfter: { } after })
        {
            return after;
        }

        var longest = s_first * Math.Pow(2, attempt);
        return IsBatch ? patience.Random.NextDouble() * (longest < s_longest ? longest : s_longest) : TimeSpan.Zero;
    }
}
