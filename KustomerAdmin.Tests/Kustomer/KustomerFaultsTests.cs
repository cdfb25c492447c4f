using System.Collections;
using System.Reflection;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class KustomerFaultsTests : GatewayTest
{
    private const string Conversations = "/v1/conversations";

    public static TheoryData<string, SandboxFault> Faults => new()
    {
        { "Kustomer does not accept the API key.", Status(401) with { Endpoint = "/v1" } },
        { "The API key may not be used from this machine's network address.", Status(401) with { Endpoint = "/v1", Message = "IP address 203.0.113.9 is not in the token's CIDR" } },
        { "The API key belongs to another region of Kustomer than the address that was asked.", Status(401) with { Endpoint = "/v1", Message = "Auth token associated with pod prod2 but request is being handled by prod1" } },
        { "The API key lacks the role org.permission.conversation.read.", Status(401) },
        { "The API key lacks the role org.permission.conversation.read.", Status(403) },
        { "The API key lacks the role org.permission.conversation.read.", new() { Endpoint = Conversations, Kind = FaultKind.MissingRole } },
        { "Kustomer has no such record: it was deleted or merged, or this key may not see it.", Status(404) },
        { "Kustomer refused the request (status 400).", Status(400) },
        { "Kustomer refused the request (status 422).", Status(422) with { Shape = 2 } },
        { "Kustomer's rate limit is used up for this minute.", Status(429) },
        { "Kustomer has a problem of its own (status 500).", Status(500) },
        { "Kustomer has a problem of its own (status 503).", Status(503) with { Shape = 0 } },
        { "Kustomer did not answer in time.", Status(408) },
        { "The connection to Kustomer failed.", new() { Endpoint = Conversations, Kind = FaultKind.ConnectionReset } },
        { "The connection to Kustomer failed.", new() { Endpoint = Conversations, Kind = FaultKind.CutBody } },
        { "The answer is not one of Kustomer's API: a login page or a proxy may stand in between.", new() { Endpoint = Conversations, Kind = FaultKind.HtmlPage } },
        { "The answer is not one of Kustomer's API: a login page or a proxy may stand in between.", new() { Endpoint = Conversations, Kind = FaultKind.HtmlPage, Status = 403 } },
        { "The answer is not one of Kustomer's API: a login page or a proxy may stand in between.", new() { Endpoint = "/v1", Kind = FaultKind.HtmlPage, Status = 401 } },
        { "Kustomer's answer could not be read.", new() { Endpoint = Conversations, Kind = FaultKind.MalformedJson } },
        { "Kustomer's answer could not be read.", new() { Endpoint = Conversations, Kind = FaultKind.TruncatedJson } },
        { "Kustomer's answer could not be read.", new() { Endpoint = Conversations, Kind = FaultKind.Utf16 } },
        { "Kustomer's answer could not be read.", new() { Endpoint = Conversations, Kind = FaultKind.DeepJson } },
        { "Kustomer's answer is larger than the console accepts.", new() { Endpoint = Conversations, Kind = FaultKind.GzipBomb } },
        { "Kustomer's answer is larger than the console accepts.", new() { Endpoint = Conversations, Kind = FaultKind.OversizeBody, Bytes = 11 * 1024 * 1024 } },
        { "The answer was an unexpected redirect to other-host.invalid. It was not followed.", new() { Endpoint = Conversations, Kind = FaultKind.Redirect } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Ask_WithAFault_SaysWhatItIsAndCarriesNothingOfTheRequest(string sentence, SandboxFault fault)
    {
        Sandbox.Faults.Add(fault);
        using var client = Open();

        var exception = await Should.ThrowAsync<KustomerException>(() => client.GetConversationAsync(Acme.ShowcaseConversationId, CancellationToken.None));

        exception.Message.ShouldBe(sentence);
        var carried = Carried(exception);
        carried.ShouldNotContain(Acme.Keys.Full);
        carried.ShouldNotContain(Acme.ShowcaseConversationId);
        carried.ShouldNotContain(Sandbox.BaseAddress.Authority);
        carried.ShouldNotContain("Something went wrong");
    }

    [Fact]
    public async Task Ask_ByteOrderMark_IsNoFault()
    {
        Sandbox.Faults.Add(new SandboxFault { Endpoint = Conversations, Kind = FaultKind.ByteOrderMark });
        using var client = Open();

        (await client.GetConversationAsync(Acme.ShowcaseConversationId, CancellationToken.None)).Id.ShouldBe(Acme.ShowcaseConversationId);
    }

    [Theory]
    [InlineData(429, typeof(RateLimitedException))]
    [InlineData(503, typeof(KustomerUnavailableException))]
    public async Task Refused_AndWhetherTheKeyIsGoodCannotBeTested_IsNotCalledAWrongKey(int status, Type expected)
    {
        Sandbox.Faults.Add(Status(401));
        Sandbox.Faults.Add(Status(status) with { Endpoint = "/v1/auth/tokens/current" });
        using var client = Open();

        var exception = await Should.ThrowAsync<KustomerException>(() => client.GetConversationAsync(Acme.ShowcaseConversationId, CancellationToken.None));

        exception.ShouldBeOfType(expected);
    }

    [Fact]
    public async Task ExpiredKey_Refused_IsSaidToBeExpired()
    {
        using var client = Open(Acme.Keys.Expired);

        var exception = await Should.ThrowAsync<KeyRejectedException>(() => client.GetCurrentTokenAsync(CancellationToken.None));

        exception.Rejection.ShouldBe(KeyRejection.Expired);
    }

    [Fact]
    public async Task Limit_UsedUp_SaysWhenToAskAgain()
    {
        Sandbox.Behaviour.RequestsPerMinute = 1;
        using var client = Open();
        await client.GetCurrentTokenAsync(CancellationToken.None);

        var exception = await Should.ThrowAsync<RateLimitedException>(() => client.GetCurrentTokenAsync(CancellationToken.None));

        exception.ResetAt.ShouldBe(Clock.GetUtcNow().AddSeconds(60));
    }

    [Fact]
    public async Task Host_NobodyListens_IsNoConnection()
    {
        Uri closed;
        await using (var server = await LocalServer.AnsweringAsync("{}"))
        {
            closed = server.Address;
        }

        using var clients = Clients(closed);
        using var client = Open(clients, Acme.Keys.Full);

        var exception = await Should.ThrowAsync<KustomerUnavailableException>(() => client.GetCurrentTokenAsync(CancellationToken.None));

        exception.Reason.ShouldBe(UnavailableReason.Connection);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"message":"We are down for maintenance"}""")]
    [InlineData("""{"data":{}}""")]
    public async Task Answer_WithoutWhatWasAsked_IsNotTakenForAnEmptyOne(string json)
    {
        await using var server = await LocalServer.AnsweringAsync(json);
        using var clients = Clients(server.Address);
        using var client = Open(clients, Acme.Keys.Full);

        (await Should.ThrowAsync<UnexpectedAnswerException>(() => client.SearchConversationsAsync(new SearchQuery(), CancellationToken.None))).Answer.ShouldBe(UnexpectedAnswer.Malformed);
        (await Should.ThrowAsync<UnexpectedAnswerException>(() => AllAsync(client.GetNotesAsync("a1", CancellationToken.None)))).Answer.ShouldBe(UnexpectedAnswer.Malformed);
        (await Should.ThrowAsync<UnexpectedAnswerException>(() => client.GetCurrentTokenAsync(CancellationToken.None))).Answer.ShouldBe(UnexpectedAnswer.Malformed);
        (await Should.ThrowAsync<UnexpectedAnswerException>(() => client.GetCurrentOrganizationAsync(CancellationToken.None))).Answer.ShouldBe(UnexpectedAnswer.Malformed);
    }

    [Fact]
    public async Task Redirect_WithTheKey_ReachesNobody()
    {
        await using var trap = await LocalServer.AnsweringAsync("{}");
        Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.Redirect, Status = 307, Location = new Uri(trap.Address, "/v1/x").AbsoluteUri });
        using var client = Open();

        await Should.ThrowAsync<UnexpectedAnswerException>(() => client.SearchConversationsAsync(new SearchQuery(), CancellationToken.None));

        trap.Requests.ShouldBeEmpty();
    }

    private static SandboxFault Status(int status) => new() { Endpoint = Conversations, Kind = FaultKind.Status, Status = status };

    /// <summary>Every text that can be reached from an exception.</summary>
    private static string Carried(object root)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        List<string> texts = [root.ToString()!];
        Visit(root);
        return string.Join('\n', texts);

        void Visit(object? value)
        {
            if (value is string text)
            {
                texts.Add(text);
            }
            else if (value is not null and not (MemberInfo or Assembly or Module or Pointer) && !value.GetType().IsPrimitive && seen.Count < 20_000 && seen.Add(value))
            {
                foreach (var item in value as IEnumerable ?? Array.Empty<object>())
                {
                    Visit(item);
                }

                for (var type = value.GetType(); type is not null; type = type.BaseType)
                {
                    foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(field => !field.FieldType.IsPointer))
                    {
                        Visit(field.GetValue(value));
                    }
                }
            }
        }
    }
}
