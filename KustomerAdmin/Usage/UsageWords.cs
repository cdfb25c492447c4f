using System.Globalization;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Usage;

/// <summary>The ledger in words for people.</summary>
public static class UsageWords
{
    public static string Of(RequestPurpose purpose) => purpose switch
    {
        RequestPurpose.ConnectionCheck => "Connection check",
        RequestPurpose.Forecast => "Forecast",
        RequestPurpose.Tickets => "Tickets (sync)",
        RequestPurpose.CustomerCounts => "Customer counts (sync)",
        RequestPurpose.FieldNames => "Field names (sync)",
        RequestPurpose.Reconciliation => "Reconciliation",
        RequestPurpose.OpenedTicket => "Opened tickets",
        RequestPurpose.Attachment => "Attachments",
    };

    public static string Of(RunKind kind) => kind switch
    {
        RunKind.Update => "Update",
        RunKind.FirstLoad => "First load",
        RunKind.Reconciliation => "Reconciliation",
    };

    public static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A label of the chart's axis: the time of day of short steps, the date of long ones.</summary>
    public static string Step(DateTimeOffset at, UsageSpan span, TimeZoneInfo zone) =>
        span.Step >= TimeSpan.FromDays(1) ? at.UtcDateTime.ToString("d MMM", CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(at, zone).ToString(span.Step > TimeSpan.FromHours(1) ? "d MMM HH:mm" : "HH:mm", CultureInfo.InvariantCulture);
}
