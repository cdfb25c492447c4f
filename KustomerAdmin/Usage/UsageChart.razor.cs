using System.Globalization;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Usage;

public sealed partial class UsageChart : IDisposable
{
    private const double Width = 1000;
    private const double Height = 260;
    private const double Left = 56;
    private const double Top = 16;
    private const double Plot = Height - Top - 26;

    [Inject]
    public required ViewerClock Clock { get; init; }

    [Parameter, EditorRequired]
    public required UsageSheet Sheet { get; set; }

    /// <summary>Percent of the limit that the sync may use.</summary>
    [Parameter]
    public int Share { get; set; }

    /// <summary>The limit is one of requests a minute: against longer steps it would be a wrong line.</summary>
    private int? Limit => Sheet.Span.Step == TimeSpan.FromMinutes(1) ? Sheet.Headroom.Limit : null;

    private IReadOnlyList<RequestPurpose> Purposes => [.. Enum.GetValues<RequestPurpose>().Where(purpose => Sheet.Bars.Any(bar => bar.Requests.GetValueOrDefault(purpose) > 0))];

    private double Slot => (Width - Left) / Math.Max(1, Sheet.Bars.Count);

    private int LabelEvery => Math.Max(1, (Sheet.Bars.Count + 5) / 6);

    private double Most => Math.Max(1, Math.Max(Sheet.Bars.Count == 0 ? 0 : Sheet.Bars.Max(static bar => bar.Total), (Limit ?? 0) * 1.1));

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

    private string Summary => $"{UsageWords.Number(Sheet.Requests)} requests; the most in one {Sheet.Span.StepName} were {UsageWords.Number(Sheet.Bars.Count == 0 ? 0 : Sheet.Bars.Max(static bar => bar.Total))}"
        + (Limit is { } limit ? $", the limit is {UsageWords.Number(limit)}." : ".");

    public void Dispose() => Clock.Changed -= Refresh;

    protected override void OnInitialized() => Clock.Changed += Refresh;

    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? Clock.StartAsync() : Task.CompletedTask;

    private void Refresh(object? sender, EventArgs change) => _ = InvokeAsync(StateHasChanged);

    private double X(int index) => Left + (index * Slot);

    private double Y(double requests) => Top + Plot - (Plot * requests / Most);

    private double ShareOf(int limit) => Math.Floor(limit * Share / 100d);

    private IEnumerable<(RequestPurpose Purpose, double Y, double Height)> Stack(UsageBar bar)
    {
        var below = 0;
        foreach (var purpose in Purposes)
        {
            if (bar.Requests.GetValueOrDefault(purpose) is > 0 and var requests)
            {
                below += requests;
                yield return (purpose, Y(below), Plot * requests / Most);
            }
        }
    }

    /// <summary>Razor keeps the tag <c>text</c> for itself, so SVG's is made here.</summary>
    private static RenderFragment Label(double x, double y, string anchor, string words, bool isOnLine = false) => builder =>
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", isOnLine ? "usage-axis usage-limit-text" : "usage-axis");
        builder.AddAttribute(2, "x", F(x));
        builder.AddAttribute(3, "y", F(y));
        builder.AddAttribute(4, "text-anchor", anchor);
        builder.AddContent(5, words);
        builder.CloseElement();
    };

    private static string F(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
