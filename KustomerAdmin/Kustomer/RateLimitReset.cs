using System.Globalization;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// When a 429 ends. Kustomer's <c>x-ratelimit-reset</c> is UTC epoch seconds (developer portal, concepts/rate-limits); milliseconds,
/// seconds to wait and an HTTP date (<c>Retry-After</c>, RFC 9110 section 10.2.3) are understood too.
/// </summary>
internal static class RateLimitReset
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan s_unknown = TimeSpan.FromSeconds(60);

    public static DateTimeOffset Read(HttpResponseMessage response, DateTimeOffset now) =>
        now + (ReadWait(response, now) ?? s_unknown);

    /// <returns>Null when the answer says nothing that can be understood.</returns>
    public static TimeSpan? ReadWait(HttpResponseMessage response, DateTimeOffset now)
    {
        // The answer's own clock cancels the difference between Kustomer's and ours.
        var theirNow = response.Headers.Date ?? now;
        var wait = Header(response, "x-ratelimit-reset") is { } reset ? Parse(reset, theirNow) : null;
        var retryAfter = Header(response, "Retry-After") is { } after ? Parse(after, theirNow) : null;
        var longest = wait is null ? retryAfter : retryAfter is null || wait > retryAfter ? wait : retryAfter;
        return longest is not { } known || known < TimeSpan.Zero ? null : known < s_shortest ? s_shortest : known > s_longest ? s_longest : known;
    }

    private static TimeSpan? Parse(string text, DateTimeOffset theirNow)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number switch
            {
                < 1e7 => TimeSpan.FromSeconds(number),
                < 1e11 => DateTimeOffset.UnixEpoch.AddSeconds(number) - theirNow,
                < 1e14 => DateTimeOffset.UnixEpoch.AddMilliseconds(number) - theirNow,
                _ => null,
            };
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment - theirNow : null;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
