using System.Globalization;

namespace KustomerAdmin.Kustomer;

/// <summary>What an answer says of the rate limit it counted against (https://developer.kustomer.com/docs/concepts/rate-limits). Most answers say something.</summary>
/// <param name="Reset">Time until the limit starts anew, 1 to 300 s.</param>
internal sealed record RateHeaders(int? Limit, int? Remaining, TimeSpan? Reset)
{
    public static RateHeaders Read(HttpResponseMessage response, DateTimeOffset now) =>
        new(Number(response, "x-ratelimit-limit"), Number(response, "x-ratelimit-remaining"), RateLimitReset.ReadWait(response, now));

    private static int? Number(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) && int.TryParse(values.First(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
