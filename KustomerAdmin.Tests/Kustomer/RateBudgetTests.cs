using FsCheck;
using FsCheck.Fluent;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tests.Kustomer;

/// <summary>The budget of one organisation on a clock that stands until it is moved.</summary>
public sealed class RateBudgetTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromSeconds(60);
    private static readonly KustomerEndpoint s_endpoint = new("v1/test", null);

    private static readonly Gen<(int Limit, int Later, int Share, bool IsHidden)> s_worlds =
        from limit in Gen.Choose(2, 300)
        from later in Gen.Choose(2, 300)
        from share in Gen.Choose(5, 80)
        from isHidden in Gen.Elements(true, false)
        select (limit, later, share, isHidden);

    private readonly TestClock _clock = new();

    [Fact]
    public void Batch_InAnyMinute_KeepsToItsShareAndMeetsOneRefusalAChangeAtMost() => Holds.ForAll(s_worlds, world => Task.Run(async () =>
    {
        // A hidden limit that falls is told in two steps: what was sent before it fell is in the minute of the first refusal.
        var most = world.IsHidden && world.Later < world.Limit ? 3 : 2;
        (await RefusalsAsync(world)).ShouldBeLessThanOrEqualTo(most, "one for each time the limit changed");
#pragma warning disable VSTHRD002 // A property ends when it returns; nothing here needs the thread.
    }).GetAwaiter().GetResult(), runs: 40);
#pragma warning restore VSTHRD002

    [Theory]
    [InlineData(75, 6, 70, 3)]
    [InlineData(300, 6, 70, 2)]
    [InlineData(75, 75, 70, 1)]
    public async Task HiddenLimit_IsLearntByItsRefusals(int limit, int later, int share, int refusals) =>
        (await RefusalsAsync((limit, later, share, IsHidden: true))).ShouldBe(refusals);

    [Fact]
    public async Task AfterA429_NothingGoesBeforeTheReset_ThenOneThenPeopleThenTheSync()
    {
        var budget = new RateBudget(_clock, new Random(1));
        budget.SetShare(1);
        await RefuseAsync(budget, TimeSpan.FromSeconds(10));
        var (first, second) = (TakeAsync(budget, RequestPriority.Batch), TakeAsync(budget, RequestPriority.Batch));

        var closed = await Should.ThrowAsync<RateLimitedException>(() => TakeAsync(budget, RequestPriority.Interactive));
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        (first.IsCompleted, second.IsCompleted).ShouldBe((false, false));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        var probe = await await Task.WhenAny(first, second);
        var person = TakeAsync(budget, RequestPriority.Interactive);
        var late = first.IsCompleted ? second : first;
        (person.IsCompleted, late.IsCompleted).ShouldBe((false, false), "the probe is not answered yet");
        probe.Answered(new RateHeaders(300, 200, null), isRefused: false);
        await person;

        // A share of three requests: with the person's it is used up.
        await _clock.WaitForAlarmAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        closed.ResetAt.ShouldBe(_clock.GetUtcNow());
        late.IsCompleted.ShouldBeFalse();
        _clock.Advance(s_minute);
        await late;
    }

    [Fact]
    public async Task Probe_RefusedAgain_ClosesForAnotherTime()
    {
        var budget = new RateBudget(_clock, new Random(1));
        await RefuseAsync(budget, TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(10));

        await RefuseAsync(budget, TimeSpan.FromSeconds(20));

        (await Should.ThrowAsync<RateLimitedException>(() => TakeAsync(budget, RequestPriority.Interactive))).ResetAt.ShouldBe(_clock.GetUtcNow().AddSeconds(20));
    }

    [Fact]
    public async Task Probe_WithoutAnAnswer_LeavesTheQuestionToTheNext()
    {
        var budget = new RateBudget(_clock, new Random(1));
        await RefuseAsync(budget, TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(10));
        var probe = await TakeAsync(budget, RequestPriority.Batch);
        var next = TakeAsync(budget, RequestPriority.Batch);
        next.IsCompleted.ShouldBeFalse();

        probe.Dispose();

        await next;
    }

    [Fact]
    public async Task Remaining_Scarce_PausesTheSyncAndNotPeople()
    {
        var budget = new RateBudget(_clock, new Random(1));
        (await TakeAsync(budget, RequestPriority.Batch)).Answered(new RateHeaders(100, 5, TimeSpan.FromSeconds(20)), isRefused: false);

        var batch = TakeAsync(budget, RequestPriority.Batch);
        await TakeAsync(budget, RequestPriority.Interactive);
        _clock.Advance(TimeSpan.FromSeconds(19.9));
        batch.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(2.1));

        await batch;
    }

    [Fact]
    public async Task Search_Refused_LeavesTheOtherRequestsOpen()
    {
        var budget = new RateBudget(_clock, new Random(1));
        using (var permit = await budget.TakeAsync(s_endpoint, isSearch: true, new RequestMeter(), default))
        {
            permit.Answered(new RateHeaders(100, 0, TimeSpan.FromSeconds(30)), isRefused: true);
        }

        await TakeAsync(budget, RequestPriority.Interactive);
        await Should.ThrowAsync<RateLimitedException>(() => budget.TakeAsync(s_endpoint, isSearch: true, new RequestMeter(), default));
    }

    [Fact]
    public async Task Wait_OfTheSync_IsToldWithItsEndAndEndsWhenTheShareGrows()
    {
        var budget = new RateBudget(_clock, new Random(1));
        budget.SetShare(1);
        List<DateTimeOffset?> told = [];
        var meter = new RequestMeter(RequestPriority.Batch)
        {
            OnWaitAsync = (until, _) =>
            {
                told.Add(until);
                return Task.CompletedTask;
            },
        };
        await budget.TakeAsync(s_endpoint, isSearch: true, meter, default);
        var second = budget.TakeAsync(s_endpoint, isSearch: true, meter, default);
        second.IsCompleted.ShouldBeFalse();

        budget.SetShare(50);

        await second;
        told.ShouldBe([_clock.GetUtcNow() + s_minute, null]);
    }

    [Fact]
    public async Task Wait_ThatTakesLongToTell_EndsWhenItWasSaidTo()
    {
        var budget = new RateBudget(_clock, new Random(1));
        budget.SetShare(1);
        DateTimeOffset? end = null;
        var meter = new RequestMeter(RequestPriority.Batch)
        {
            OnWaitAsync = (until, _) =>
            {
                end ??= until;
                _clock.Advance(TimeSpan.FromSeconds(20));
                return Task.CompletedTask;
            },
        };
        await budget.TakeAsync(s_endpoint, isSearch: true, meter, default);

        var second = budget.TakeAsync(s_endpoint, isSearch: true, meter, default);

        second.IsCompleted.ShouldBeFalse();
        _clock.Advance(end!.Value - _clock.GetUtcNow());
        await second.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Wait_Cancelled_EndsAtOnce()
    {
        var budget = new RateBudget(_clock, new Random(1));
        await RefuseAsync(budget, TimeSpan.FromSeconds(10));
        using var stop = new CancellationTokenSource();
        var waiting = budget.TakeAsync(s_endpoint, isSearch: false, new RequestMeter(RequestPriority.Batch), stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Budget_OfOneOrganisation_IsSharedBySubdomainsAndByTheCheckBeforeItIsKnown()
    {
        var budgets = new RateBudgets(_clock);
        Subdomain.TryParse("acme", out var acme).ShouldBeTrue();
        Subdomain.TryParse("acme-eu", out var other).ShouldBeTrue();

        var check = budgets.Of(acme, organizationId: null);

        budgets.Of(acme, "o1").ShouldBeSameAs(check);
        budgets.Of(other, "o1").ShouldBeSameAs(check);
        budgets.Of(other, organizationId: null).ShouldBeSameAs(check);
        Subdomain.TryParse("globex", out var globex).ShouldBeTrue();
        budgets.Of(globex, "o2").ShouldNotBeSameAs(check);
    }

    /// <summary>Two hundred requests of the sync, the limit another one from the hundredth on.</summary>
    private static async Task<int> RefusalsAsync((int Limit, int Later, int Share, bool IsHidden) world)
    {
        var clock = new TestClock();
        var budget = new RateBudget(clock, new Random(world.Limit));
        budget.SetShare(world.Share);
        List<DateTimeOffset> sent = [];
        var (refused, blockedUntil, known) = (0, clock.GetUtcNow(), 100);
        for (var request = 0; request < 200; request++)
        {
            using var permit = await WaitForAsync(clock, budget.TakeAsync(s_endpoint, isSearch: true, new RequestMeter(RequestPriority.Batch), default));
            var now = clock.GetUtcNow();
            sent.Add(now);
            var limit = request < 100 ? world.Limit : world.Later;
            var used = sent.Count(moment => moment > now - s_minute);

            now.ShouldBeGreaterThanOrEqualTo(blockedUntil, "nothing is sent while the limit is closed");
            used.ShouldBeLessThanOrEqualTo(Math.Max(1, world.Share * known / 100));
            var isRefused = used > limit;
            (refused, blockedUntil) = isRefused ? (refused + 1, now + TimeSpan.FromSeconds(40)) : (refused, blockedUntil);

            // A hidden limit stands in no header.
            known = world.IsHidden ? 1000 : limit;
            permit.Answered(new RateHeaders(known, world.IsHidden ? 900 : Math.Max(0, limit - used), isRefused ? TimeSpan.FromSeconds(40) : null), isRefused);
        }

        return refused;
    }

    private static Task<RatePermit> TakeAsync(RateBudget budget, RequestPriority priority) =>
        budget.TakeAsync(s_endpoint, isSearch: false, new RequestMeter(priority), default);

    private static async Task RefuseAsync(RateBudget budget, TimeSpan reset)
    {
        using var permit = await TakeAsync(budget, RequestPriority.Interactive);
        permit.Answered(new RateHeaders(300, 0, reset), isRefused: true);
    }

    /// <summary>Moves the clock until it is over.</summary>
    private static async Task<RatePermit> WaitForAsync(TestClock clock, Task<RatePermit> taking)
    {
        while (await Task.WhenAny(taking, clock.WaitForAlarmAsync(TimeSpan.Zero, TimeSpan.FromMinutes(10))) != taking)
        {
            clock.Advance(TimeSpan.FromSeconds(3.3));
        }

        return await taking;
    }
}
