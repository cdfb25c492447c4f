using System.Globalization;

namespace KustomerAdmin.Sandbox.Access;

internal static class RateHeaders
{
    public static void Write(HttpResponse response, RateState rate, SandboxBehaviour behaviour, TimeProvider clock)
    {
        response.Headers["x-ratelimit-limit"] = rate.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-ratelimit-remaining"] = rate.Remaining.ToString(CultureInfo.InvariantCulture);
        if (rate.IsExceeded || behaviour.AlwaysSendsReset)
        {
            response.Headers["x-ratelimit-reset"] = rate.ResetSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (rate.IsExceeded && behaviour.SendsRetryAfter)
        {
            var seconds = Math.Max(1, rate.ResetSeconds - clock.GetUtcNow().ToUnixTimeSeconds());
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
