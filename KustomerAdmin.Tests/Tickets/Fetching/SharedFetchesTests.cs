using KustomerAdmin.Tickets.Fetching;

namespace KustomerAdmin.Tests.Tickets.Fetching;

public sealed class SharedFetchesTests
{
    private static readonly FetchKey s_key = new(1, "envelope", "c1", TicketPart.Messages);

    private readonly SharedFetches _fetches = new();
    private readonly TaskCompletionSource<string> _answer = new();
    private readonly TaskCompletionSource<CancellationToken> _asked = new();
    private int _asks;

    [Fact]
    public async Task Join_SeveralAtTheSameMoment_ShareOneFetch()
    {
        var (first, second) = (JoinAsync(), JoinAsync());
        _answer.SetResult("all");

        (await first, await second).ShouldBe(("all", "all"));
        _asks.ShouldBe(1);
        _fetches.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Join_AfterTheEnd_AsksAnew()
    {
        _answer.SetResult("all");

        await JoinAsync();
        await JoinAsync();

        _asks.ShouldBe(2);
    }

    [Fact]
    public async Task Join_OfAnotherKey_AsksOnItsOwn()
    {
        _answer.SetResult("all");
        var joined = 0;

        await Task.WhenAll(JoinAsync(), _fetches.JoinAsync(s_key with { Envelope = "another" }, AnswerAsync, () => joined++, CancellationToken.None));

        (_asks, joined).ShouldBe((2, 0));
    }

    [Fact]
    public async Task Leave_FirstOfTwo_TakesNothingFromTheOther()
    {
        using var leaving = new CancellationTokenSource();
        var (first, second) = (JoinAsync(leaving.Token), JoinAsync());
        var fetch = await _asked.Task;

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);

        fetch.IsCancellationRequested.ShouldBeFalse();
        _answer.SetResult("all");
        (await second).ShouldBe("all");
    }

    [Fact]
    public async Task Leave_TheLastOne_EndsTheFetch()
    {
        using var leaving = new CancellationTokenSource();
        var (first, second) = (JoinAsync(leaving.Token), JoinAsync(leaving.Token));
        var fetch = await _asked.Task;

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        await Should.ThrowAsync<OperationCanceledException>(second);

        fetch.IsCancellationRequested.ShouldBeTrue();
        _fetches.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Fetch_ThatFails_FailsForAllAndIsForgotten()
    {
        var (first, second) = (JoinAsync(), JoinAsync());
        _answer.SetException(new InvalidOperationException("no"));

        await Should.ThrowAsync<InvalidOperationException>(first);
        await Should.ThrowAsync<InvalidOperationException>(second);
        _fetches.Count.ShouldBe(0);
    }

    private Task<string> JoinAsync(CancellationToken cancellationToken = default) => _fetches.JoinAsync(s_key, AnswerAsync, () => { }, cancellationToken);

    private Task<string> AnswerAsync(CancellationToken abandoned)
    {
        Interlocked.Increment(ref _asks);
        _asked.TrySetResult(abandoned);
        return _answer.Task;
    }
}
