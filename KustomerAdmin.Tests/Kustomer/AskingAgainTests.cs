using System.Net;
using FsCheck.Fluent;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sandbox;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Kustomer;

/// <summary>What is asked again after a fault, how often, and when the console stops asking.</summary>
public sealed class AskingAgainTests : GatewayTest
{
    private const string Search = "/v1/customers/search";

    public static TheoryData<SandboxFault> Healing =>
    [
        new() { Kind = FaultKind.Status, Status = 500, Times = 1 },
        new() { Kind = FaultKind.Status, Status = 503, Times = 1 },
        new() { Kind = FaultKind.Status, Status = 408, Times = 1 },
        new() { Kind = FaultKind.ConnectionReset, Times = 1 },
        new() { Kind = FaultKind.CutBody, Times = 1 },
        new() { Kind = FaultKind.TruncatedJson, Times = 1 },
        new() { Kind = FaultKind.MalformedJson, Times = 1 },
        new() { Kind = FaultKind.Utf16, Times = 1 },
        new() { Kind = FaultKind.DeepJson, Times = 1 },
    ];

    public static TheoryData<SandboxFault> Lasting =>
    [
        new() { Kind = FaultKind.Status, Status = 400 },
        new() { Kind = FaultKind.Status, Status = 403 },
        new() { Kind = FaultKind.Status, Status = 404 },
        new() { Kind = FaultKind.Status, Status = 422 },
        new() { Kind = FaultKind.HtmlPage },
        new() { Kind = FaultKind.Redirect },
        new() { Kind = FaultKind.GzipBomb },
    ];

    [Theory]
    [MemberData(nameof(Healing))]
    public async Task Fault_ThatPasses_CostsOneMoreRequestAndNothingElse(SandboxFault fault)
    {
        using var client = Open();
        var whole = await client.SearchConversationsAsync(new SearchQuery(), default);
        List<SentRequest> finished = [];
        Meter.Finished += finished.Add;
        Sandbox.Faults.Add(fault);

        var again = await client.SearchConversationsAsync(new SearchQuery(), default);

        again.Records.Select(record => record.Id).ShouldBe(whole.Records.Select(record => record.Id));
        (Meter.Sent, Meter.Retries).ShouldBe((3, 1));
        finished.Select(request => request.IsAnswered).ShouldBe([false, true]);
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public async Task Fault_ThatAskingAgainCannotHeal_IsAskedOnce(SandboxFault fault)
    {
        Sandbox.Faults.Add(fault);
        using var client = Open();

        await Should.ThrowAsync<KustomerException>(() => client.GetTagsAsync(default).GetAsyncEnumerator().MoveNextAsync().AsTask());

        (Meter.Sent, Meter.Retries).ShouldBe((1, 0));
    }

    [Fact]
    public async Task RateLimit_OfTheSync_IsWaitedForAndOfAPersonIsNot()
    {
        using var answers = new Transport(Clock, request => request % 2 == 0 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK);
        using var clients = Clients(answers);
        var meter = new RequestMeter(RequestPriority.Batch);
        using var batch = Open(clients, meter);
        using var person = Open(clients, new RequestMeter());

        var waiting = batch.SearchConversationIdsAsync(new SearchQuery(), default);
        await Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        await Should.ThrowAsync<RateLimitedException>(() => person.SearchConversationIdsAsync(new SearchQuery(), default));
        answers.Sent.ShouldBe(1);
        Clock.Advance(TimeSpan.FromSeconds(60));

        await waiting;
        (meter.Sent, meter.Retries).ShouldBe((2, 1));
    }

    [Fact]
    public void Retries_WhateverFails_AreFewBesideWhatWasAnswered() => Holds.ForAll(
        from seed in Gen.Choose(0, 1_000_000)
        from percent in Gen.Choose(0, 100)
        from isBatch in Gen.Elements(true, false)
        select (seed, percent, isBatch),
        world => Task.Run(async () =>
        {
            var random = new Random(world.seed);
            var clock = new TestClock();
            using var answers = new Transport(clock, _ => random.Next(100) < world.percent ? HttpStatusCode.BadGateway : HttpStatusCode.OK);
            using var clients = Clients(answers, clock);
            var meter = new RequestMeter(world.isBatch ? RequestPriority.Batch : RequestPriority.Interactive);
            using var client = Open(clients, meter);
            var answered = 0;
            for (var asked = 0; asked < 60; asked++)
            {
                answered += await WaitForAsync(clock, client.GetCurrentTokenAsync(default)) ? 1 : 0;
            }

            meter.Retries.ShouldBeLessThanOrEqualTo((int)Math.Ceiling(5 + (0.3 * answered)));
            meter.Sent.ShouldBe(answers.Sent);
            answers.Sent.ShouldBeLessThanOrEqualTo((int)(1.3 * 60) + 6);
#pragma warning disable VSTHRD002 // A property ends when it returns; nothing here needs the thread.
        }).GetAwaiter().GetResult(), runs: 40);
#pragma warning restore VSTHRD002

    [Fact]
    public async Task Kustomer_NotAnswering_IsLeftAloneForAMomentAndThenAskedOnce()
    {
        var status = HttpStatusCode.BadGateway;
        using var answers = new Transport(Clock, _ => status);
        using var clients = Clients(answers);
        using var client = Open(clients, new RequestMeter());
        using var other = Open(clients, new RequestMeter());
        foreach (var asking in Enumerable.Repeat(client, 3).Concat(Enumerable.Repeat(other, 3)))
        {
            await Should.ThrowAsync<KustomerUnavailableException>(() => asking.GetCurrentTokenAsync(default));
        }

        var sent = answers.Sent;
        var left = await Should.ThrowAsync<KustomerUnavailableException>(() => other.GetCurrentTokenAsync(default));
        answers.Sent.ShouldBe(sent);
        left.Message.ShouldBe("Kustomer is not answering since 12:00 UTC.");
        status = HttpStatusCode.OK;
        Clock.Advance(TimeSpan.FromSeconds(30));

        await other.GetCurrentTokenAsync(default);
        await client.GetCurrentTokenAsync(default);
        answers.Sent.ShouldBe(sent + 2);
    }

    [Fact]
    public async Task Ledger_OfARefusedKey_HasTheProbeOfTheKeyToo()
    {
        Sandbox.Faults.Add(new SandboxFault { Endpoint = Search, Kind = FaultKind.Status, Status = 401 });
        List<SentRequest> finished = [];
        Meter.Finished += finished.Add;
        using var client = Open();

        await Should.ThrowAsync<RoleMissingException>(() => client.SearchConversationsAsync(new SearchQuery(), default));

        finished.Select(request => (request.Endpoint.Template, request.Status, request.IsAnswered)).ShouldBe([("v1/customers/search", 401, false), ("v1/auth/tokens/current", 200, true)]);
        finished[1].Limit.ShouldBe(1000);
        finished[1].Remaining.ShouldNotBeNull().ShouldBeLessThan(1000);
        finished[1].At.ShouldBe(Clock.GetUtcNow());
    }

    private KustomerClientFactory Clients(HttpMessageHandler transport, TimeProvider? clock = null) =>
        new(Options.Create(new KustomerOptions()), clock ?? Clock, new RateBudgets(clock ?? Clock), transport);

    private static KustomerClient Open(KustomerClientFactory clients, RequestMeter meter)
    {
        Subdomain.TryParse("acme", out var subdomain).ShouldBeTrue();
        ApiKey.TryParse("some-key", out var key).ShouldBeTrue();
        return clients.Create(subdomain, key, meter);
    }

    /// <returns>Whether it was answered.</returns>
    private static async Task<bool> WaitForAsync(TestClock clock, Task asking)
    {
        while (await Task.WhenAny(asking, clock.WaitForAlarmAsync(TimeSpan.Zero, TimeSpan.FromMinutes(10))) != asking)
        {
            clock.Advance(TimeSpan.FromSeconds(3.3));
        }

        asking.Exception?.InnerException.ShouldBeOfType<KustomerUnavailableException>();
        return asking.IsCompletedSuccessfully;
    }

    /// <summary>Answers at once, as it is told.</summary>
    private sealed class Transport(TimeProvider clock, Func<int, HttpStatusCode> answer) : HttpMessageHandler
    {
        public int Sent { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(answer(Sent++))
            {
                Headers = { Date = clock.GetUtcNow() },
                Content = new StringContent(request.Method == HttpMethod.Post ? """{"data":[]}""" : """{"data":{"id":"a1","attributes":{}}}""", System.Text.Encoding.UTF8, "application/json"),
            });
    }
}
