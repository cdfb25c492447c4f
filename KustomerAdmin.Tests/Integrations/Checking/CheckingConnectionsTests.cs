using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Integrations.Checking;

/// <summary>Every sentence of a connection check, reached by what the emulator answers.</summary>
public sealed class CheckingConnectionsTests : IAsyncLifetime
{
    private Workplace _place = null!;

    public async Task InitializeAsync() => _place = await Workplace.StartAsync();

    public async Task DisposeAsync() => await _place.DisposeAsync();

    public static TheoryData<SandboxFault, string, CheckOutcome, string> Obstacles => new()
    {
        { Status(401), "Key accepted", CheckOutcome.Failed, "Kustomer does not accept this API key." },
        { Status(401) with { Message = "Expired token" }, "Key accepted", CheckOutcome.Failed, "The API key has expired." },
        { Status(401) with { Message = "IP address 203.0.113.9 is not in the token's CIDR" }, "Key accepted", CheckOutcome.Failed, "The API key may not be used from this machine's network address." },
        { Status(401) with { Message = "Auth token associated with pod prod2 but request is being handled by prod1" }, "Key accepted", CheckOutcome.Failed, "The API key belongs to another region of Kustomer" },
        { Status(404), "Host answers", CheckOutcome.NotTested, "Could not be tested: Kustomer does not know the address. Check the subdomain." },
        { Status(429), "Key accepted", CheckOutcome.NotTested, "Could not be tested: the organisation's request limit is used up" },
        { Status(503), "Host answers", CheckOutcome.NotTested, "Could not be tested: Kustomer has a problem of its own (status 503). Try again in a few minutes" },
        { Status(408), "Host answers", CheckOutcome.NotTested, "Could not be tested: Kustomer did not answer in time. Check that this machine may reach" },
        { Of(FaultKind.ConnectionReset), "Host answers", CheckOutcome.NotTested, "Could not be tested: The connection to Kustomer failed. Check that this machine may reach" },
        { Of(FaultKind.HtmlPage), "Host answers", CheckOutcome.NotTested, "Could not be tested: The answer is not one of Kustomer's API: a login page or a proxy may stand in between." },
        { Of(FaultKind.HtmlPage) with { Status = 403 }, "Host answers", CheckOutcome.NotTested, "Could not be tested: The answer is not one of Kustomer's API: a login page or a proxy may stand in between." },
        { Of(FaultKind.HtmlPage) with { Status = 407 }, "Host answers", CheckOutcome.NotTested, "Could not be tested: The answer is not one of Kustomer's API: a login page or a proxy may stand in between." },
        { Of(FaultKind.MalformedJson), "Host answers", CheckOutcome.NotTested, "Could not be tested: Kustomer's answer could not be read." },
        { Of(FaultKind.Redirect), "Host answers", CheckOutcome.NotTested, "Could not be tested: The answer was an unexpected redirect to other-host.invalid." },
        { Of(FaultKind.MissingRole) with { Endpoint = "/v1/customers/search" }, "Ticket search", CheckOutcome.Failed, "The API key lacks the role org.permission.search.create." },
    };

    public static TheoryData<string, string, string> Parts => new()
    {
        { "/v1/conversations/{id}", "Conversations", "Tickets will not open: the key lacks org.permission.conversation.read." },
        { "/v1/customers/{id}", "Customers", "Customers will not be shown: the key lacks org.permission.customer.read." },
        { "/v1/conversations/{id}/messages", "Messages", "Messages will not open: the key lacks org.permission.message.read." },
        { "/v1/conversations/{id}/notes", "Notes", "Notes will not open: the key lacks org.permission.note.read." },
        { "/v1/tags", "Tags", "Tags will be shown without their names: the key lacks org.permission.tag.read." },
        { "/v1/metadata", "Fields", "Custom fields will be shown without their display names: the key lacks org.permission.metadata.read." },
        { "/v1/users", "People", "Senders will be shown without their names: the key lacks org.permission.user.read." },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public async Task Check_SomethingStandsInTheWay_NamesItAndTheNextStep(SandboxFault fault, string check, CheckOutcome outcome, string sentence)
    {
        _place.Sandbox.Faults.Add(fault);

        var report = (await ConnectAsync()).ShouldBeOfType<ConnectResult.NotAuthenticated>().Report;

        report.IsAccepted.ShouldBeFalse();
        var line = report.Lines.First(line => line.IsObstacle);
        (line.Name, line.Outcome).ShouldBe((check, outcome));
        line.Sentence.ShouldStartWith(sentence);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Check_APartIsRefusedThoughTheKeysRolesPromiseIt_ConnectsAndSaysWhatIsLost(string endpoint, string check, string sentence)
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = endpoint, Kind = FaultKind.MissingRole });

        var report = (await ConnectAsync()).ShouldBeOfType<ConnectResult.Connected>().Report;

        var line = report.Lines.Single(line => line.Outcome is not CheckOutcome.Passed);
        (line.Name, line.Outcome, line.Sentence).ShouldBe((check, CheckOutcome.Warning, sentence));
    }

    [Fact]
    public async Task Check_APartCannotBeTested_ConnectsAndDoesNotCallItRefused()
    {
        _place.Sandbox.Faults.Add(Status(500) with { Endpoint = "/v1/conversations/{id}/notes" });

        var report = (await ConnectAsync()).ShouldBeOfType<ConnectResult.Connected>().Report;

        report.Lines.Single(line => line.Outcome is not CheckOutcome.Passed).ShouldSatisfyAllConditions(
            line => line.Name.ShouldBe("Notes"),
            line => line.Outcome.ShouldBe(CheckOutcome.NotTested));
    }

    [Fact]
    public async Task Check_TheTicketTriedIsGone_GoesByTheRoles()
    {
        _place.Sandbox.Faults.Add(Status(404) with { Endpoint = "/v1/conversations" });

        var report = (await _place.App.TryConnectAsync(new ConnectRequest("Acme", "acme", _place.Acme.Keys.WithoutMessages))).ShouldBeOfType<ConnectResult.Connected>().Report;

        report.Lines.Single(line => line.Name is "Messages").Outcome.ShouldBe(CheckOutcome.Warning);
        report.Lines.Single(line => line.Name is "Notes").Sentence.ShouldBe("Allowed by the key's roles.");
    }

    private Task<ConnectResult> ConnectAsync() => _place.App.TryConnectAsync(new ConnectRequest("Acme", "acme", _place.Acme.Keys.ReadOnly));

    private static SandboxFault Status(int status) => new() { Kind = FaultKind.Status, Status = status };

    private static SandboxFault Of(FaultKind kind) => new() { Kind = kind };
}
