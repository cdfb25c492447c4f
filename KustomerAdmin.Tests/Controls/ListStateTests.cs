using Bunit;
using KustomerAdmin.Controls;

namespace KustomerAdmin.Tests.Controls;

public sealed class ListStateTests : BunitContext
{
    [Fact]
    public void LoadState_Loading_SaysSoAndHidesTheContent()
    {
        var state = RenderState(LoadStatus.Loading);

        state.Find("[role=status]").TextContent.ShouldContain("Loading");
        state.Markup.ShouldNotContain("the rows");
    }

    [Fact]
    public void LoadState_Failed_SaysWhyAndRetries()
    {
        var retries = 0;
        var state = RenderState(LoadStatus.Failed, () => retries++);

        state.Find("button").Click();

        state.Find("[role=alert]").TextContent.ShouldContain("The database is away.");
        retries.ShouldBe(1);
    }

    [Fact]
    public void LoadState_Ready_ShowsTheContentOnly() => RenderState(LoadStatus.Ready).Markup.Trim().ShouldBe("the rows");

    [Theory]
    [InlineData(Tone.Neutral)]
    [InlineData(Tone.Ok)]
    [InlineData(Tone.Warning)]
    [InlineData(Tone.Danger)]
    [InlineData(Tone.Busy)]
    public void StatusChip_EveryTone_HasTextAndAShapeOfItsOwn(Tone tone)
    {
        var others = Enum.GetValues<Tone>().Where(other => other != tone).Select(ShapeOf);

        others.ShouldNotContain(ShapeOf(tone));
        RenderChip(tone).Find("span").TextContent.Trim().ShouldBe("Connected");
    }

    private string ShapeOf(Tone tone) => RenderChip(tone).Find("path").GetAttribute("d")!;

    private IRenderedComponent<StatusChip> RenderChip(Tone tone) =>
        Render<StatusChip>(parameters => parameters.Add(chip => chip.Text, "Connected").Add(chip => chip.Tone, tone));

    private IRenderedComponent<LoadState> RenderState(LoadStatus status, Action? retry = null) => Render<LoadState>(parameters =>
    {
        parameters.Add(state => state.Status, status).Add(state => state.Message, "The database is away.").AddChildContent("the rows");
        if (retry is not null)
        {
            parameters.Add(state => state.OnRetry, retry);
        }
    });
}
