namespace KustomerAdmin.Sandbox;

/// <summary>Where Kustomer's published pages leave a choice open, or its answers differ between places, the choice is a switch.</summary>
public sealed class SandboxBehaviour
{
    public int RequestsPerMinute { get; set; } = 1000;

    public int SearchesPerMinute { get; set; } = 100;

    /// <summary>Added to every API answer.</summary>
    public int LatencyMilliseconds { get; set; }

    /// <summary>401 as the old error page says, or 403.</summary>
    public int MissingRoleStatus { get; set; } = 401;

    /// <summary>400, or 404 for an id that is not 24 hexadecimal characters.</summary>
    public int MalformedIdStatus { get; set; } = 400;

    /// <summary>Sends x-ratelimit-reset with every answer, not only once the limit is used up.</summary>
    public bool AlwaysSendsReset { get; set; }

    /// <summary>Adds Retry-After to a 429.</summary>
    public bool SendsRetryAfter { get; set; }

    /// <summary>Caps meta.total of search, as Elasticsearch does at 10,000; null tells the exact number.</summary>
    public int? SearchTotalCap { get; set; }
}
