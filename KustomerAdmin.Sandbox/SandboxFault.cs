namespace KustomerAdmin.Sandbox;

/// <summary>A rule that spoils answers.</summary>
public sealed record SandboxFault
{
    /// <summary>Start of a path ("/v1/customers/search"), or a template with its placeholders ("/v1/conversations/{id}/notes").</summary>
    public string Endpoint { get; init; } = "/v1";

    public required FaultKind Kind { get; init; }

    /// <summary>Only for this organisation.</summary>
    public string? Organization { get; init; }

    /// <summary>How often; until cleared when not given.</summary>
    public int? Times { get; init; }

    /// <summary>Spoils each n-th matching request only.</summary>
    public int EveryNth { get; init; } = 1;

    /// <summary>For <see cref="FaultKind.Status"/>, <see cref="FaultKind.Redirect"/> and <see cref="FaultKind.HtmlPage"/>; the kind's usual one when not given.</summary>
    public int? Status { get; init; }

    /// <summary>What the error says; the status's usual words when not given. Kustomer tells some reasons in words only.</summary>
    public string? Message { get; init; }

    /// <summary>Error shape 1 or 2; 0 sends no body.</summary>
    public int Shape { get; init; } = 1;

    /// <summary>What x-ratelimit-reset says with a 429.</summary>
    public FaultReset Reset { get; init; } = FaultReset.Soon;

    /// <summary>Seconds in the header Retry-After of a <see cref="FaultKind.Status"/>; none when null.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Target of a redirect.</summary>
    public string Location { get; init; } = "http://other-host.invalid/v1/conversations";

    /// <summary>Pause between two bytes of a slow body.</summary>
    public int IntervalMilliseconds { get; init; } = 1000;

    /// <summary>Unpacked size of a gzip bomb, or size of an oversize body; endless when zero.</summary>
    public long Bytes { get; init; }

    public BadRecord Record { get; init; } = BadRecord.All;

    /// <summary>For <see cref="FaultKind.SpoiltRecord"/>.</summary>
    public RecordSpoil Spoil { get; init; }
}

public enum FaultKind
{
    /// <summary>Another status code.</summary>
    Status,

    /// <summary>Never answers.</summary>
    Timeout,

    /// <summary>Headers at once, then a byte now and then.</summary>
    SlowBody,

    /// <summary>Half of the JSON, with a Content-Length that fits the half.</summary>
    TruncatedJson,

    /// <summary>Half of the body, then the connection is cut.</summary>
    CutBody,

    /// <summary>Half of the body in chunks of no announced length, then the connection is cut.</summary>
    CutChunk,

    /// <summary>The connection is cut before any answer.</summary>
    ConnectionReset,

    /// <summary>A sign-in page with status 200.</summary>
    HtmlPage,

    /// <summary>A trailing comma and a NaN.</summary>
    MalformedJson,

    /// <summary>The right answer behind a byte order mark.</summary>
    ByteOrderMark,

    /// <summary>The right answer in UTF-16.</summary>
    Utf16,

    /// <summary>Arrays in arrays, two hundred deep.</summary>
    DeepJson,

    /// <summary>Sends the client to another host.</summary>
    Redirect,

    /// <summary>A few kilobytes that unpack to hundreds of megabytes.</summary>
    GzipBomb,

    /// <summary>The same, packed by Brotli.</summary>
    BrotliBomb,

    /// <summary>The right answer, packed twice.</summary>
    PackedTwice,

    /// <summary>A body that goes on and on.</summary>
    OversizeBody,

    /// <summary>Spoilt records among the right ones.</summary>
    BadRecords,

    /// <summary>The first record of a page comes twice.</summary>
    DuplicateRecord,

    /// <summary>One record of a page is not as it was; see <see cref="SandboxFault.Spoil"/>.</summary>
    SpoiltRecord,

    /// <summary>The address of the next page is <see cref="SandboxFault.Location"/>, also behind the last page.</summary>
    NextLink,

    /// <summary>403 naming the role that the endpoint wants.</summary>
    MissingRole,
}

public enum FaultReset
{
    /// <summary>In five seconds.</summary>
    Soon,

    /// <summary>No header at all.</summary>
    None,

    /// <summary>A minute ago.</summary>
    Past,

    /// <summary>In five seconds, but counted in milliseconds.</summary>
    Milliseconds,

    /// <summary>In two hours.</summary>
    FarAhead,
}

public enum BadRecord
{
    All,
    WithoutId,
    WrongTypes,
    InvalidDate,
    LoneSurrogate,
}
