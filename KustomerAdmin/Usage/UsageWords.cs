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
        RequestPurpose.TicketLookup => "Looked-for tickets",
    };

    public static string Of(RunKind kind) => kind switch
    {
        RunKind.Update => "Update",
        RunKind.FirstLoad => "First load",
        RunKind.Reconciliation => "Reconciliation",
    };

    public static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>When a step begins: the time of day of short ones, the date of long ones.</summary>
    public static string Step(DateTimeOffset at, UsageSpan span, TimeZoneInfo zone) =>
        span.IsByDay ? at.UtcDateTime.ToString("d MMM", CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The chart's axis has room for six or seven of them: full ten minutes, every fourth hour, some of the days.</summary>
    /// <returns>Null for a step without a label.</returns>
    public static string? Label(int index, DateTimeOffset at, UsageSpan span, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone);
        return span.Step.TotalMinutes switch
        {
            1 => there.Minute % 10 == 0 ? Step(at, span, zone) : null,
            60 => there.Hour % 4 == 0 ? Step(at, span, zone) : null,
            _ => index % ((span.Steps + 6) / 7) == 0 ? Step(at, span, zone) : null,
        };
    }
}
