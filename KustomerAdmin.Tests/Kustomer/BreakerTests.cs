using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class BreakerTests
{
    private static readonly KustomerEndpoint s_endpoint = new("v1/test", null);

    private readonly TestClock _clock = new();
    private readonly Breaker _breaker;

    public BreakerTests() => _breaker = new Breaker(_clock);

    [Fact]
    public async Task Open_NothingIsAskedForHalfAMinute()
    {
        await OpenAsync();
        _clock.Advance(TimeSpan.FromSeconds(29));

        var refusal = await Should.ThrowAsync<KustomerUnavailableException>(() => AskAsync(() => throw new InvalidOperationException("asked")));

        refusal.Reason.ShouldBe(UnavailableReason.NotAnswering);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AfterThePause_TheOthersWaitForWhatTheFirstFindsOut(bool answers)
    {
        await OpenAsync();
        _clock.Advance(TimeSpan.FromSeconds(31));
        var answer = new TaskCompletionSource<int>();
        var asked = 0;
        var first = AskAsync(() => answer.Task);
        var others = Enumerable.Range(0, 6).Select(_ => AskAsync(() => Task.FromResult(Interlocked.Increment(ref asked)))).ToList();
        (asked, others.Exists(other => other.IsCompleted)).ShouldBe((0, false));

        if (answers)
        {
            answer.SetResult(0);
            await Task.WhenAll(others);
            asked.ShouldBe(6);
            return;
        }

        answer.SetException(Unavailable());
        foreach (var other in others)
        {
            (await Should.ThrowAsync<KustomerUnavailableException>(() => other)).Reason.ShouldBe(UnavailableReason.NotAnswering);
        }

        asked.ShouldBe(0);
        await Should.ThrowAsync<KustomerUnavailableException>(() => first);
    }

    [Fact]
    public async Task Waiting_Cancelled_EndsAtOnce()
    {
        await OpenAsync();
        _clock.Advance(TimeSpan.FromSeconds(31));
        var first = AskAsync(() => new TaskCompletionSource<int>().Task);
        using var stop = new CancellationTokenSource();
        var waiting = _breaker.SendAsync(s_endpoint, _ => ValueTask.FromResult(1), stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        first.IsCompleted.ShouldBeFalse();
    }

    private async Task OpenAsync()
    {
        for (var request = 0; request < 10; request++)
        {
            await Should.ThrowAsync<KustomerUnavailableException>(() => AskAsync(static () => throw Unavailable()));
        }
    }

    private Task<int> AskAsync(Func<Task<int>> answerAsync) => _breaker.SendAsync(s_endpoint, async _ => await answerAsync(), CancellationToken.None);

    private static KustomerUnavailableException Unavailable() => new(s_endpoint, UnavailableReason.Connection);
}
