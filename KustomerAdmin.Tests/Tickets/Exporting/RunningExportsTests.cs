using KustomerAdmin.Audit;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Exporting;

public sealed class RunningExportsTests
{
    private static readonly Actor s_ada = Actor.Admin("1", "ada@example.com", null);
    private static readonly Actor s_ben = Actor.Admin("2", "ben@example.com", null);
    private static readonly Actor s_cyd = Actor.Admin("3", "cyd@example.com", null);

    private readonly TestClock _clock = new();
    private readonly RunningExports _exports;

    public RunningExportsTests() => _exports = new RunningExports(_clock);

    [Fact]
    public void Begin_AnotherOfTheSameAdmin_IsRefusedUntilTheFirstHasEnded()
    {
        var first = Begin(s_ada);

        Refusal(s_ada).ShouldNotBeNull().ShouldContain("of yours is running already");
        _exports.TryEnd(first, ExportState.Cancelled).ShouldBeTrue();
        Begin(s_ada).ShouldNotBe(first);
    }

    [Fact]
    public void Begin_AThirdInTheProcess_IsRefusedUntilAPlaceIsFree()
    {
        var first = Begin(s_ada);
        Begin(s_ben);

        Refusal(s_cyd).ShouldNotBeNull().ShouldContain("2 exports are running already");
        _exports.Collect(s_ada, first.Key, static () => { }).ShouldBe(first);
        _exports.TryEnd(first, ExportState.Done);
        Refusal(s_cyd).ShouldNotBeNull("it may still read the database until it says that it has left");
        _exports.Leave(first);
        Begin(s_cyd);
    }

    [Fact]
    public void Collect_ASecondTime_GivesNothing()
    {
        var export = Begin(s_ada);

        _exports.Collect(s_ada, export.Key, static () => { }).ShouldBe(export);
        _exports.Collect(s_ada, export.Key, static () => { }).ShouldBeNull();
        export.State.ShouldBe(ExportState.Writing);
    }

    [Fact]
    public void Collect_BySomebodyElse_GivesNothingAndSpoilsNothing()
    {
        var export = Begin(s_ada);

        _exports.Collect(s_ben, export.Key, static () => { }).ShouldBeNull();
        _exports.Collect(s_ada, export.Key, static () => { }).ShouldBe(export);
    }

    [Fact]
    public void Export_NotCollectedInHalfAMinute_IsOverAndItsPlaceFree()
    {
        var export = Begin(s_ada);

        _clock.Advance(TimeSpan.FromSeconds(31));

        export.State.ShouldBe(ExportState.NotCollected);
        _exports.Collect(s_ada, export.Key, static () => { }).ShouldBeNull();
        Begin(s_ada);
    }

    [Fact]
    public void Export_CollectedInTime_IsNotEndedByTheHalfMinute()
    {
        var export = Begin(s_ada);
        _exports.Collect(s_ada, export.Key, static () => { });

        _clock.Advance(TimeSpan.FromHours(1));

        export.State.ShouldBe(ExportState.Writing);
    }

    [Theory]
    [InlineData(ExportState.Done, 0)]
    [InlineData(ExportState.Cancelled, 1)]
    [InlineData(ExportState.Failed, 1)]
    public void End_OfOneThatIsNotWhole_BreaksItsConnectionOffOnce(ExportState state, int times)
    {
        var aborted = 0;
        var export = Begin(s_ada);
        _exports.Collect(s_ada, export.Key, () => aborted++);

        _exports.TryEnd(export, state).ShouldBeTrue();
        _exports.TryEnd(export, ExportState.Failed).ShouldBeFalse();

        (aborted, export.State).ShouldBe((times, state));
    }

    private RunningExport Begin(Actor admin) => _exports.Begin(admin, Order(), out _).ShouldNotBeNull();

    private string? Refusal(Actor admin)
    {
        _exports.Begin(admin, Order(), out var refusal).ShouldBeNull();
        return refusal;
    }

    private ExportOrder Order() => new(new TicketQuery(), new ViewerTime(_clock.GetUtcNow(), TimeZoneInfo.Utc), []);
}
