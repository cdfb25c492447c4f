using KustomerAdmin.Fields;
using KustomerAdmin.Integrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace KustomerAdmin.Tests.Fields;

public sealed class PurgeBatchTests
{
    [Theory]
    [InlineData(10_000, 80, 10_000)]
    [InlineData(10_000, 50, 16_000)]
    [InlineData(10_000, 1, 20_000)]
    [InlineData(10_000, 0, 20_000)]
    [InlineData(10_000, 160, 5000)]
    [InlineData(20_000, 5000, 5000)]
    [InlineData(2500, 5000, 2500)]
    [InlineData(50_000, 1, 50_000)]
    public void NextBatch_TakesAboutAsLongAsItMayAndNeverShrinksToNothing(long batch, int milliseconds, long next) =>
        new FieldPurger(null!, new InstanceEvents(NullLogger<InstanceEvents>.Instance), TimeProvider.System).NextBatch(batch, TimeSpan.FromMilliseconds(milliseconds)).ShouldBe(next);
}
