using System.Text.Json;

namespace KustomerAdmin.Sandbox.Faults;

/// <summary>Puts records that no client can store among the right ones.</summary>
internal static class BadRecords
{
    private const string WithoutId = """{"type":"conversation","attributes":{"name":"a record without an id","updatedAt":"2026-01-01T00:00:00.000Z"}}""";

    private const string WrongTypes = """
        {"type":"conversation","id":"bad000000000000000000001","attributes":{"name":["a","list"],"status":7,"messageCount":"many","tags":"vip","custom":[1,2],
        "createdAt":"2026-01-01T00:00:00.000Z","updatedAt":1767225600000},"relationships":[]}
        """;

    private const string InvalidDate = """
        {"type":"conversation","id":"bad000000000000000000002","attributes":{"name":"a date that never was","status":"open",
        "createdAt":"2026-02-31T25:61:00.000Z","updatedAt":"yesterday"}}
        """;

    private const string LoneSurrogate = """
        {"type":"conversation","id":"bad000000000000000000003","attributes":{"name":"half a pair \ud83d and a nul \u0000","status":"open",
        "createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T00:00:00.000Z"}}
        """;

    public static byte[] Insert(ReadOnlySpan<byte> body, BadRecord which)
    {
        var start = body.IndexOf("\"data\":["u8);
        if (start < 0)
        {
            return body.ToArray();
        }

        var records = which switch
        {
            BadRecord.WithoutId => WithoutId,
            BadRecord.WrongTypes => WrongTypes,
            BadRecord.InvalidDate => InvalidDate,
            BadRecord.LoneSurrogate => LoneSurrogate,
            _ => string.Join(',', WithoutId, WrongTypes, InvalidDate, LoneSurrogate),
        };
        var after = start + 8;
        var comma = body[after] == (byte)']' ? "" : ",";
        return [.. body[..after], .. System.Text.Encoding.UTF8.GetBytes(records + comma), .. body[after..]];
    }

    public static ReadOnlyMemory<byte> Double(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        if (!document.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array || data.GetArrayLength() == 0)
        {
            return body;
        }

        var first = System.Text.Encoding.UTF8.GetBytes(data[0].GetRawText() + ",");
        var after = body.Span.IndexOf("\"data\":["u8) + 8;
        return (byte[])[.. body.Span[..after], .. first, .. body.Span[after..]];
    }
}
