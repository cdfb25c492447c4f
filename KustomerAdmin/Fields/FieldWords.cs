using System.Globalization;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Fields;

/// <summary>Fields in words for people.</summary>
internal static class FieldWords
{
    public static string Of(MetadataType type) => type switch
    {
        MetadataType.Text => "Text",
        MetadataType.Number => "Number",
        MetadataType.Date => "Date",
        MetadataType.Boolean => "Yes/no",
    };

    public static string Of(FieldOrigin origin) => origin switch
    {
        FieldOrigin.Defined => "Defined in Kustomer",
        FieldOrigin.Seen => "Seen on tickets",
        FieldOrigin.Deleted => "Deleted in Kustomer",
        FieldOrigin.Standard => "Standard",
    };

    public static string Of(FieldShow show) => show switch
    {
        FieldShow.All => "All",
        FieldShow.Custom => "Custom",
        FieldShow.Standard => "Standard",
        FieldShow.NotStored => "Not stored",
        FieldShow.Proposed => "Review proposals",
    };

    /// <summary>"41,237 (63 %)", "about 600,000 (60 %)", "10,000 or more", "none of the newest 1,000".</summary>
    public static string Of(FieldCoverage coverage, long tickets) =>
        coverage.IsAtLeast ? $"{Number(coverage.Tickets)} or more"
        : coverage is { IsEstimate: true, Tickets: 0 } ? $"none of the newest {Number(FieldCounts.Sample)}"
        : $"{(coverage.IsEstimate ? "about " : "")}{Number(coverage.Tickets)}{(tickets > 0 && coverage.Tickets > 0 ? $" ({Percent(coverage.Tickets, tickets)})" : "")}";

    public static string Counted(long number, string noun) => $"{Number(number)} {noun}{(number == 1 ? "" : "s")}";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Some are never none of them, and nearly all never all.</summary>
    private static string Percent(long part, long all)
    {
        var percent = 100.0 * part / all;
        return percent < 1 ? "under 1 %" : part < all && percent > 99 ? "over 99 %" : $"{Math.Min(100, Math.Round(percent)).ToString("0", CultureInfo.InvariantCulture)} %";
    }
}
