using Polly;
using Polly.CircuitBreaker;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// Stops asking while Kustomer does not answer: half of at least ten requests of a minute failed. After 30 s one request finds out whether it does again,
/// and the others wait for what it finds: a ticket that is opened then is whole.
/// </summary>
internal sealed class Breaker
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;
    private readonly Lock _gate = new();
    private (DateTimeOffset Since, long At)? _open;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Breaker(TimeProvider time)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = s_window,
                BreakDuration = s_pause,
                ShouldHandle = static outcome => ValueTask.FromResult(outcome.Outcome.Exception is KustomerUnavailableException),
                OnOpened = _ => Set(isOpen: true),
                OnClosed = _ => Set(isOpen: false),
            })
            .Build();
    }

    /// <summary>Once the pause is over, until somebody knows more.</summary>
    private bool IsProbing => _open is { } open && _time.GetElapsedTime(open.At) >= s_pause;

    /// <exception cref="KustomerUnavailableException">Kustomer is not being asked at the moment.</exception>
    public void ThrowIfOpen(KustomerEndpoint endpoint)
    {
        lock (_gate)
        {
            if (_open is not null && !IsProbing)
            {
                throw NotAnswering(endpoint);
            }
        }
    }

    /// <inheritdoc cref="ThrowIfOpen"/>
    public async Task<T> SendAsync<T>(KustomerEndpoint endpoint, Func<CancellationToken, ValueTask<T>> sendAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            try
            {
                return await _pipeline.ExecuteAsync(sendAsync, cancellationToken);
            }
            catch (BrokenCircuitException)
            {
                ThrowIfOpen(endpoint);
            }

            try
            {
                await changed.WaitAsync(s_look, _time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Whoever asked for all of them may be gone.
            }
        }
    }

    private ValueTask Set(bool isOpen)
    {
        lock (_gate)
        {
            _open = isOpen ? (_open?.Since ?? _time.GetUtcNow(), _time.GetTimestamp()) : null;
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return default;
    }

    private KustomerUnavailableException NotAnswering(KustomerEndpoint endpoint)
    {
        lock (_gate)
        {
            return new KustomerUnavailableException(endpoint, UnavailableReason.NotAnswering, since: _open?.Since ?? _time.GetUtcNow());
        }
    }
}
