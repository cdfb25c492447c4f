using System.Globalization;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Usage;

public sealed partial class UsageChart : IDisposable
{
    // In pixels, as the style sheet has it.
    private const double Height = 220;
    private const double Top = 18;
    private const double Plot = Height - Top - 26;
    private const double LineOfText = 15;
    private const double Visible = 3;

    [Inject]
    public required ViewerClock Clock { get; init; }

    [Parameter, EditorRequired]
    public required UsageSpan Span { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<UsageBar> Bars { get; set; }

    /// <summary>The limit a minute of what is shown; null where a line of it would be wrong.</summary>
    [Parameter]
    public RateLine? Rate { get; set; }

    /// <summary>Percent of the limit that the sync may use.</summary>
    [Parameter]
    public int Share { get; set; }

    [Parameter]
    public string Noun { get; set; } = "Requests";

    /// <summary>What is to be said of the lines.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private IReadOnlyList<RequestPurpose> Purposes => [.. Enum.GetValues<RequestPurpose>().Where(purpose => Bars.Any(bar => bar.Requests.GetValueOrDefault(purpose) > 0))];

    private int Busiest => Bars.Count == 0 ? 0 : Bars.Max(static bar => bar.Total);

    private double Most => Math.Max(1, Math.Max(Busiest, (Rate?.Limit ?? 0) * 1.1));

    private IEnumerable<double> Ticks
    {
        get
        {
            var rough = Most / 4;
            var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            var step = Math.Max(1, (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power);
            for (var tick = 0d; tick <= Most; tick += step)
            {
                yield return tick;
            }
        }
    }

    private string Summary => $"{Noun} per {Span.StepName}: {UsageWords.Number(Bars.Sum(static bar => bar.Total))} in all, at most {UsageWords.Number(Busiest)}"
        + (Rate is { } rate ? $"; the limit is {UsageWords.Number(rate.Limit)}, the share of the sync {UsageWords.Number(ShareOf(rate.Limit))}." : ".");

    public void Dispose() => Clock.Changed -= Refresh;

    protected override void OnInitialized() => Clock.Changed += Refresh;

    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? Clock.StartAsync() : Task.CompletedTask;

    private void Refresh(object? sender, EventArgs change) => _ = InvokeAsync(StateHasChanged);

    private string Tip(UsageBar bar) => $"{UsageWords.Step(bar.At, Span, Clock.Zone)}: {UsageWords.Number(bar.Total)}"
        + string.Concat(Purposes.Where(purpose => bar.Requests.GetValueOrDefault(purpose) > 0).Select(purpose => $"\n{UsageWords.Of(purpose)} {UsageWords.Number(bar.Requests[purpose])}"));

    private string P(double slots) => F(100 * slots / Math.Max(1, Bars.Count)) + "%";

    private double Y(double requests) => Top + Plot - (Plot * requests / Most);

    private double ShareOf(int limit) => Math.Floor(limit * Share / 100d);

    /// <summary>Above its line, unless the limit's label is there.</summary>
    private double ShareLabelY(int limit) => Y(ShareOf(limit)) - Y(limit) > 2 * LineOfText ? Y(ShareOf(limit)) - 5 : Y(ShareOf(limit)) + LineOfText;

    /// <summary>Few requests under a high limit are still to be seen.</summary>
    private IEnumerable<(RequestPurpose Purpose, double Y, double Height)> Stack(UsageBar bar)
    {
        var pixels = Math.Max(Plot / Most, bar.Total == 0 ? 0 : Visible / bar.Total);
        var below = 0;
        foreach (var purpose in Purposes)
        {
            if (bar.Requests.GetValueOrDefault(purpose) is > 0 and var requests)
            {
                below += requests;
                yield return (purpose, Top + Plot - (pixels * below), pixels * requests);
            }
        }
    }

    /// <summary>Razor keeps the tag <c>text</c> for itself, so SVG's is made here.</summary>
    private static RenderFragment Label(string x, double y, string anchor, string words, string kind = "") => builder =>
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", $"usage-axis {kind}");
        builder.AddAttribute(2, "x", x);
        builder.AddAttribute(3, "y", F(y));
        builder.AddAttribute(4, "text-anchor", anchor);
        builder.AddContent(5, words);
        builder.CloseElement();
    };

    private static string F(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
