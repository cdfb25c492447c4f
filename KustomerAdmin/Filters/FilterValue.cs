using System.Globalization;

namespace KustomerAdmin.Filters;

/// <summary>Values as a condition writes them.</summary>
internal static class FilterValue
{
    /// <summary>For values whose meaning does not depend on the viewer: whether they can be read at all.</summary>
    private static readonly ViewerTime s_anywhere = new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);

    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static bool? Truth(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    public static bool Fits(FilterFieldType type, FilterOperator asked, string value) => type switch
    {
        FilterFieldType.Number => Number(value) is not null,
        FilterFieldType.YesNo => Truth(value) is not null,
        FilterFieldType.Date => asked is FilterOperator.InTheLast or FilterOperator.NotInTheLast or FilterOperator.InTheNext ? RollingPeriod.Read(value) is not null : DateSpan.Read(value, s_anywhere) is not null,
        FilterFieldType.Text or FilterFieldType.Choice or FilterFieldType.List => value.Length > 0,
    };
}
