using KustomerAdmin.Kustomer;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tests.Hostile;
using Xunit.Abstractions;

namespace KustomerAdmin.Tests.Kustomer;

/// <summary>Answers that would cost memory. Alone, because what is allocated is counted for the whole process.</summary>
[Collection(Alone.Name)]
public sealed class EndlessBodiesTests(ITestOutputHelper output) : GatewayTest
{
    [Theory]
    [InlineData(FaultKind.GzipBomb)]
    [InlineData(FaultKind.OversizeBody)]
    public async Task Body_WithoutEnd_IsLeftAtTheCapWithoutTakingMuchMemory(FaultKind kind)
    {
        Sandbox.Faults.Add(new SandboxFault { Kind = kind, Bytes = 400_000_000 });
        using var client = Open();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var exception = await Should.ThrowAsync<UnexpectedAnswerException>(() => client.GetConversationAsync("a1", default));

        exception.Answer.ShouldBe(UnexpectedAnswer.TooLarge);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        output.WriteLine($"{allocated:N0} bytes");
        allocated.ShouldBeLessThan(40_000_000);
    }
}
