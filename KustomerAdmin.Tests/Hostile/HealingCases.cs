using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Hostile;

/// <summary>Every fault of the table that can heal.</summary>
internal static class HealingCases
{
    private const string Search = "/v1/customers/search";
    private const string Again = "1 sent again";

    public static IEnumerable<HealingCase> Usual =>
    [
        Once("R1", "trailing comma and NaN", Again, FaultKind.MalformedJson),
        Once("R1", "byte order mark", null, FaultKind.ByteOrderMark),
        Once("R1", "UTF-16", Again, FaultKind.Utf16),
        Once("R1", "arrays two hundred deep", Again, FaultKind.DeepJson),
        Once("R2", "sign-in page", "a login page or a proxy may stand in between", FaultKind.HtmlPage),
        Once("R3", "half of the JSON", Again, FaultKind.TruncatedJson),
        Once("R3", "cut in the body", Again, FaultKind.CutBody),
        Once("R3", "cut in a chunk", Again, FaultKind.CutChunk),
        Once("R3", "cut before the answer", Again, FaultKind.ConnectionReset),
        Once("R4", "gzip bomb", null, FaultKind.GzipBomb),
        Once("R4", "Brotli bomb", null, FaultKind.BrotliBomb),
        Once("R4", "page too large", null, FaultKind.OversizeBody),
        Once("R4", "packed twice", Again, FaultKind.PackedTwice),
        Once("R5", "redirect to another host", "unexpected redirect to other-host.invalid", FaultKind.Redirect),
        Once("R8", "role for the search missing", "lacks the role", FaultKind.MissingRole),
        Once("R8", "role for field names missing", "lacks the role", FaultKind.MissingRole, "/v1/metadata") with { InSecondPage = false, PrepareAsync = static place => place.ForgetFieldNamesAsync() },
        Limit("with a reset", FaultReset.Soon),
        Limit("without a reset", FaultReset.None),
        Limit("with a reset that is over", FaultReset.Past),
        Limit("with a reset in milliseconds", FaultReset.Milliseconds),
        Limit("with a reset in two hours", FaultReset.FarAhead, "waited 30"),
        new("R10", "429 for three minutes", "waited") { Fault = new() { Endpoint = Search, Kind = FaultKind.Status, Status = 429 }, Lasts = TimeSpan.FromMinutes(3), Refusals = 45 },
        new("R10", "limit used up by another integration", "waited") { PrepareAsync = static place => Do(() => place.Acme.SpendRequests(1000)), Refusals = 1 },
        Outage(500, 30),
        Outage(502, 5),
        Outage(503, 5),
        Outage(504, 5),
        Spoilt("R16", "strange text", null, RecordSpoil.StrangeText),
        Spoilt("R16", "bytes that are no UTF-8", null, RecordSpoil.BrokenBytes),
        Spoilt("R17", "record without an id", "1 unreadable", RecordSpoil.WithoutId, nights: 1),
        Spoilt("R17", "record of wrong types", "1 unreadable", RecordSpoil.WrongTypes, nights: 1),
        Spoilt("R17", "date that is none", "1 unreadable", RecordSpoil.InvalidDate, nights: 1),
        Spoilt("R18", "date without a zone", null, RecordSpoil.DateWithoutZone),
        Spoilt("R18", "date with +0530", null, RecordSpoil.DateWithOffset),
        Spoilt("R18", "date as a number", "1 unreadable", RecordSpoil.DateAsNumber, nights: 1),
        Spoilt("R18", "date in the year 9999", null, RecordSpoil.DateYear9999, nights: 1),
        Spoilt("R18", "date ten days ahead", null, RecordSpoil.DateAhead, nights: 1),
        Once("R19", "record twice on a page", null, FaultKind.DuplicateRecord),
        Spoilt("R19", "an older version behind a record", null, RecordSpoil.OlderTwin),
        new("R20", "more of one moment than a page holds", null) { PrepareAsync = static place => Do(place.ChangeAll) },
        new("R21", "changed and created between two pages", null) { PrepareAsync = static place => Do(place.ChangeAll), BetweenPages = static place => place.Change(200) },
        new("R23", "next page at another host", null) { Fault = Link("http://other-host.invalid/v1/customers/search?page=2"), Lasts = TimeSpan.FromMinutes(1) },
        new("R23", "next page is this page", null) { Fault = Link("/v1/customers/search?page=1"), Lasts = TimeSpan.FromMinutes(1) },
        Spoilt("R24", "value of 200 KB", null, RecordSpoil.HugeValue),
        Spoilt("R24", "value forty deep", null, RecordSpoil.DeepValue),
        Spoilt("R24", "odd names", null, RecordSpoil.OddNames),
        Spoilt("R28", "attributes gone", null, RecordSpoil.FieldGone),
        Spoilt("R28", "new values", null, RecordSpoil.NewValues),
        Spoilt("R28", "numbers as text", null, RecordSpoil.NumbersAsText),
        Spoilt("R28", "a name twice", null, RecordSpoil.NameTwice),

        // The last: every run behind it measures five thousand fields.
        Spoilt("R24", "five thousand attributes", null, RecordSpoil.ManyKeys),
    ];

    /// <summary>With a console that loses patience soon, for these are waited for in real time.</summary>
    public static IEnumerable<HealingCase> Slow =>
    [
        Once("R13", "a byte a second", Again, FaultKind.SlowBody),
        Once("R13", "no answer", Again, FaultKind.Timeout),
    ];

    private static HealingCase Once(string row, string name, string? says, FaultKind kind, string endpoint = Search) =>
        new(row, name, says) { Fault = new() { Endpoint = endpoint, Kind = kind, Times = 1, Bytes = 20_000_000 } };

    private static HealingCase Spoilt(string row, string name, string? says, RecordSpoil spoil, int nights = 0) =>
        new(row, name, says) { Fault = new() { Endpoint = Search, Kind = FaultKind.SpoiltRecord, Spoil = spoil, Times = 1 }, Nights = nights, InSecondPage = false };

    private static HealingCase Limit(string name, FaultReset reset, string says = "waited") =>
        new("R10", "429 " + name, says) { Fault = new() { Endpoint = Search, Kind = FaultKind.Status, Status = 429, Reset = reset, Times = 1 }, Refusals = 1 };

    private static HealingCase Outage(int status, int minutes) =>
        new("R12", $"{status} for {minutes} minutes", $"Kustomer has a problem of its own (status {status}).") { Fault = new() { Kind = FaultKind.Status, Status = status }, Lasts = TimeSpan.FromMinutes(minutes) };

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static SandboxFault Link(string location) => new() { Endpoint = Search, Kind = FaultKind.NextLink, Location = location };
}
