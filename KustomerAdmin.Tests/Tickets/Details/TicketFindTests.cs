using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Details;

namespace KustomerAdmin.Tests.Tickets.Details;

public sealed class TicketFindTests
{
    private static readonly TimelineItem[] s_timeline = [Item("a", "Refund, refund"), Item("b", null), Item("c", "The REFUND left (aaa)")];

    [Theory]
    [InlineData("refund", 3)]
    [InlineData("refund, r", 1)]
    [InlineData("aa", 1)]
    [InlineData("(a", 1)]
    [InlineData(".*", 0)]
    [InlineData("  ", 0)]
    [InlineData(null, 0)]
    public void Find_Words_CountsEachPlaceOnce(string? words, int expected) => TicketFind.Of(words, s_timeline).Hits.Count.ShouldBe(expected);

    [Fact]
    public void Step_BeyondTheEnds_GoesAround()
    {
        var find = TicketFind.Of("refund", s_timeline);

        find.Step(1).Hit.ShouldBe(new FindHit("a", 8, 1));
        find.Step(-1).Hit.ShouldBe(new FindHit("c", 4, 0));
        find.Step(-1).Step(1).ShouldBe(find);
        TicketFind.None.Step(1).ShouldBe(TicketFind.None);
    }

    [Fact]
    public void In_ATimelineThatHasGrown_StaysAtItsHit()
    {
        var find = TicketFind.Of("refund", s_timeline).Step(1);

        var grown = find.In([Item("z", "refund"), .. s_timeline]);

        (grown.Hits.Count, grown.Hit).ShouldBe((4, find.Hit));
    }

    private static TimelineItem Item(string id, string? text) => new() { Id = id, Kind = TimelineKind.Inbound, Author = "Jane", Text = text };
}
