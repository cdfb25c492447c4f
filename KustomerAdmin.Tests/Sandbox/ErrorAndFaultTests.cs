using System.Text.Json;
using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Sandbox;

public sealed class ErrorAndFaultTests : SandboxTest
{
    [Fact]
    public async Task UnknownId_AnEndpoint_AnswersTheSecondShape()
    {
        var answer = await GetAsync("/v1/conversations/0123456789abcdef01234567");

        answer.Status.ShouldBe(404);
        answer.Error.GetProperty("status").GetString().ShouldBe("404");
        answer.Error.TryGetProperty("title", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task MalformedId_BothBehaviours_DifferInStatus()
    {
        (await GetAsync("/v1/customers/nobody")).Status.ShouldBe(400);
        Server.Behaviour.MalformedIdStatus = 404;

        (await GetAsync("/v1/customers/nobody")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task StatusFault_ForTwoTimes_PassesThen()
    {
        Server.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Status = 503, Endpoint = "/v1/tags", Times = 2 });

        var statuses = new[] { (await GetAsync("/v1/tags")).Status, (await GetAsync("/v1/users")).Status, (await GetAsync("/v1/tags")).Status, (await GetAsync("/v1/tags")).Status };

        statuses.ShouldBe([503, 200, 503, 200]);
    }

    [Fact]
    public async Task EveryNthFault_OnATemplate_SpoilsOnlyThat()
    {
        Server.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Endpoint = "/v1/tags/{id}", EveryNth = 2 });
        var tag = (await GetAsync("/v1/tags")).Ids[0];

        var statuses = new[] { (await GetAsync("/v1/tags/" + tag)).Status, (await GetAsync("/v1/tags/" + tag)).Status, (await GetAsync("/v1/tags")).Status };

        statuses.ShouldBe([200, 500, 200]);
    }

    [Fact]
    public async Task TooManyRequestsFault_InMilliseconds_SaysSo()
    {
        Server.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Status = 429, Reset = FaultReset.Milliseconds });

        var answer = await GetAsync("/v1/tags");

        answer.Status.ShouldBe(429);
        answer.Headers["x-ratelimit-reset"].Length.ShouldBe(13);
    }

    [Theory]
    [InlineData(FaultKind.TruncatedJson)]
    [InlineData(FaultKind.MalformedJson)]
    [InlineData(FaultKind.HtmlPage)]
    public async Task BodyFaults_WithStatus200_CannotBeRead(FaultKind kind)
    {
        Server.Faults.Add(new SandboxFault { Kind = kind });

        var answer = await GetAsync("/v1/tags");

        answer.Status.ShouldBe(200);
        Should.Throw<JsonException>(() => answer.Json);
    }

    [Theory]
    [InlineData(FaultKind.ConnectionReset)]
    [InlineData(FaultKind.CutBody)]
    public async Task ConnectionFaults_AnyRequest_Fails(FaultKind kind)
    {
        Server.Faults.Add(new SandboxFault { Kind = kind });

        await Should.ThrowAsync<HttpRequestException>(() => GetAsync("/v1/tags"));
    }

    [Fact]
    public async Task Redirect_ToAnotherHost_NamesIt()
    {
        Server.Faults.Add(new SandboxFault { Kind = FaultKind.Redirect, Status = 307, Location = "http://elsewhere.invalid/" });

        var answer = await GetAsync("/v1/tags");

        answer.Status.ShouldBe(307);
        answer.Headers["Location"].ShouldBe("http://elsewhere.invalid/");
    }

    [Fact]
    public async Task BadRecords_InAPage_LeaveTheOthersReadable()
    {
        Server.Faults.Add(new SandboxFault { Kind = FaultKind.BadRecords });

        var answer = await SearchAsync("""{"queryContext":"conversation"}""", pageSize: 5);

        answer.Data.GetArrayLength().ShouldBe(9);
        answer.Data.EnumerateArray().Count(item => !item.TryGetProperty("id", out _)).ShouldBe(1);
    }

    [Fact]
    public async Task Requests_AfterSome_AreLoggedWithoutTheKey()
    {
        await GetAsync("/v1/tags?page=1");
        await GetWithoutKeyAsync("/v1/tags");

        Server.Requests.Recent.Select(request => (request.Path, request.Status, request.Organization, request.HadAuthorization))
            .ShouldBe([("/v1/tags?page=1", 200, "acme", true), ("/v1/tags", 401, null, false)]);
        (await GetWithoutKeyAsync("/sandbox/requests")).Text.ShouldNotContain(Acme.Keys.Full);
    }

    [Fact]
    public async Task Request_WhoseAnswerIsStillComing_IsLoggedAlready()
    {
        Server.Faults.Add(new SandboxFault { Kind = FaultKind.SlowBody, IntervalMilliseconds = 60_000 });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tags");

        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Server.Requests.Recent.ShouldHaveSingleItem().Status.ShouldBe((int)answer.StatusCode);
    }

    [Fact]
    public async Task FaultOverHttp_AddedAndCleared_WorksAsInProcess()
    {
        (await PostAsync("/sandbox/faults", """{"endpoint":"/v1/tags","kind":"status","status":502,"shape":2}""")).Status.ShouldBe(200);
        var spoilt = await GetAsync("/v1/tags");
        Server.Faults.Clear();

        spoilt.Status.ShouldBe(502);
        spoilt.Error.GetProperty("status").GetString().ShouldBe("502");
        (await GetAsync("/v1/tags")).Status.ShouldBe(200);
    }
}
