using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace KustomerAdmin.Usage;

/// <summary>What the page about API use shows. It travels in the address; what an address says that cannot be understood is left out.</summary>
public sealed record UsageQuery
{
    /// <summary>Null for all.</summary>
    public long? InstanceId { get; init; }

    public UsagePeriod Period { get; init; }

    public static UsageQuery FromAddress(string address)
    {
        var asked = address.Split('#')[0];
        var query = QueryHelpers.ParseQuery(asked.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? asked[mark..] : "");
        return new UsageQuery
        {
            InstanceId = long.TryParse(query.GetValueOrDefault("instance"), NumberStyles.None, CultureInfo.InvariantCulture, out var instance) ? instance : null,
            Period = Enum.TryParse<UsagePeriod>(query.GetValueOrDefault("period"), ignoreCase: true, out var period) && Enum.IsDefined(period) ? period : UsagePeriod.Hour,
        };
    }

    public string ToAddress()
    {
        var query = new QueryBuilder();
        if (InstanceId is { } instance)
        {
            query.Add("instance", instance.ToString(CultureInfo.InvariantCulture));
        }

        if (Period is not UsagePeriod.Hour)
        {
            query.Add("period", Period.ToString().ToLowerInvariant());
        }

        return "usage" + query.ToQueryString();
    }
}
