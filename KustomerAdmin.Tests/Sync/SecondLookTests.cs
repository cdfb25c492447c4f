using KustomerAdmin.Kustomer;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Sync;
using KustomerAdmin.Tests.Kustomer;

namespace KustomerAdmin.Tests.Sync;

/// <summary>Tickets that the search does not show, and answers about them that are none.</summary>
public sealed class SecondLookTests : GatewayTest
{
    [Fact]
    public async Task One_ThatKustomerCannotShow_LeavesTheOthersAskedFor()
    {
        List<string> ids = [.. Acme.ConversationIds.Take(3)];
        Fail(ids[1], 500);
        Acme.Erase(ids[2]).ShouldBeTrue();

        var look = await LookAsync(ids);

        look.Gone.ShouldHaveSingleItem().KustomerId.ShouldBe(ids[2]);
        look.Waiting.ShouldBeEmpty();
        look.TakeFound().Records.ShouldHaveSingleItem().KustomerId.ShouldBe(ids[0]);
        look.Note.ShouldNotBeNull().ShouldStartWith("1 ticket that Kustomer's search does not show could not be asked for");
    }

    [Fact]
    public async Task Kustomer_ThatFailsOneAfterTheOther_EndsTheLook()
    {
        Fail("", 500);

        await Should.ThrowAsync<KustomerUnavailableException>(() => LookAsync(Acme.ConversationIds.Take(10)));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    public async Task Many_RefusedForTheSakeOfOne_AreAskedForInSmallerParts(int status)
    {
        Fail(string.Join("%2C", Acme.ConversationIds.Take(3)), status);
        Fail(string.Join(",", Acme.ConversationIds.Take(3)), status);

        var look = await LookAsync(Acme.ConversationIds.Take(60));

        look.TakeFound().Records.Count.ShouldBe(60);
        (look.Gone.Count, look.Waiting.Count, look.Note).ShouldBe((0, 0, null));
    }

    private void Fail(string ids, int status) => Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations/" + ids, Kind = FaultKind.Status, Status = status });

    private async Task<SecondLook> LookAsync(IEnumerable<string> ids)
    {
        using var client = Open();
        var look = new SecondLook(client);
        await look.AskAsync([.. ids.Select(static (id, number) => new MissingTicket(number, id, null))], CancellationToken.None);
        return look;
    }
}
