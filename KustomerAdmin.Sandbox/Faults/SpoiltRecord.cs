using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KustomerAdmin.Sandbox.Faults;

/// <summary>Changes the record in the middle of a page, and what a page says of the one behind it.</summary>
internal static class SpoiltRecord
{
    private static ReadOnlySpan<byte> StrangeText => """\ud83d\ude00 \u202egnp.exe \u200b\u0301\u0301\u0301 \u0000 half \ud83d a pair"""u8;

    public static ReadOnlyMemory<byte> Put(ReadOnlyMemory<byte> body, RecordSpoil spoil, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(body);
        if (!document.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array || data.GetArrayLength() == 0)
        {
            return body;
        }

        var record = data[data.GetArrayLength() / 2].GetRawText();
        var raw = Encoding.UTF8.GetBytes(record);
        var at = body.Span.IndexOf(raw);
        return (byte[])[.. body.Span[..at], .. Spoil(record, spoil, now), .. body.Span[(at + raw.Length)..]];
    }

    public static ReadOnlyMemory<byte> LinkNext(ReadOnlyMemory<byte> body, string location)
    {
        var answer = JsonNode.Parse(body.Span)!;
        if (answer["links"] is JsonObject links)
        {
            links["next"] = location;
        }

        return Encoding.UTF8.GetBytes(answer.ToJsonString());
    }

    private static byte[] Spoil(string record, RecordSpoil spoil, DateTimeOffset now)
    {
        var resource = JsonNode.Parse(record)!.AsObject();
        var attributes = resource["attributes"]!.AsObject();
        var custom = attributes["custom"] as JsonObject ?? [];
        attributes["custom"] = custom;
        var updatedAt = DateTimeOffset.Parse(attributes["updatedAt"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        switch (spoil)
        {
            case RecordSpoil.WithoutId:
                resource.Remove("id");
                break;
            case RecordSpoil.WrongTypes:
                (attributes["name"], attributes["messageCount"], attributes["tags"], attributes["custom"], attributes["updatedAt"]) = (new JsonArray("a", "list"), "many", "vip", new JsonArray(1, 2), new JsonObject());
                break;
            case RecordSpoil.InvalidDate:
                attributes["updatedAt"] = "2026-02-31T25:61:00.000Z";
                break;
            case RecordSpoil.DateWithoutZone:
                attributes["updatedAt"] = updatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);
                break;
            case RecordSpoil.DateWithOffset:
                attributes["updatedAt"] = updatedAt.ToUniversalTime().AddMinutes(330).ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0530";
                break;
            case RecordSpoil.DateAsNumber:
                attributes["updatedAt"] = updatedAt.ToUnixTimeMilliseconds();
                break;
            case RecordSpoil.DateYear9999:
                attributes["updatedAt"] = "9999-12-31T23:59:59.000Z";
                break;
            case RecordSpoil.DateAhead:
                attributes["updatedAt"] = now.AddDays(10).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
                break;
            case RecordSpoil.HugeValue:
                custom["hugeStr"] = new string('x', 200_000);
                break;
            case RecordSpoil.ManyKeys:
                Enumerable.Range(0, 5000).ToList().ForEach(number => custom[string.Create(CultureInfo.InvariantCulture, $"key{number}Num")] = number);
                break;
            case RecordSpoil.DeepValue:
                custom["deep"] = Enumerable.Range(0, 40).Aggregate((JsonNode)"bottom", static (inner, _) => new JsonObject { ["in"] = inner });
                break;
            case RecordSpoil.OddNames:
                (custom["__proto__"], custom["<b>"], custom[""], custom[new string('k', 1000)]) = ("a", "b", "c", "d");
                break;
            case RecordSpoil.FieldGone:
                new[] { "status", "createdAt", "channels", "tags", "messageCount" }.ToList().ForEach(name => attributes.Remove(name));
                break;
            case RecordSpoil.NewValues:
                (attributes["status"], attributes["direction"], attributes["priority"], attributes["attributeOfTomorrow"]) = ("frozen", "sideways", 99, new JsonObject { ["a"] = 1 });
                break;
            case RecordSpoil.NumbersAsText:
                (attributes["messageCount"], attributes["priority"], attributes["noteCount"]) = ("7", "3", "0");
                break;
        }

        return spoil switch
        {
            RecordSpoil.StrangeText => WithName(resource, StrangeText),
            RecordSpoil.BrokenBytes => WithName(resource, [0xFF, 0xC3, 0x28]),
            RecordSpoil.NameTwice => Encoding.UTF8.GetBytes(resource.ToJsonString().Replace("\"attributes\":{", "\"attributes\":{\"status\":\"closed once\",\"name\":7,", StringComparison.Ordinal)),
            RecordSpoil.OlderTwin => Encoding.UTF8.GetBytes(record + "," + Older(resource, updatedAt)),
            _ => Encoding.UTF8.GetBytes(resource.ToJsonString()),
        };
    }

    private static byte[] WithName(JsonObject resource, ReadOnlySpan<byte> name)
    {
        const string Placeholder = "the name goes here";
        resource["attributes"]!["name"] = Placeholder;
        var json = Encoding.UTF8.GetBytes(resource.ToJsonString());
        var at = json.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Placeholder));
        return [.. json[..at], .. name, .. json[(at + Placeholder.Length)..]];
    }

    private static string Older(JsonObject resource, DateTimeOffset updatedAt)
    {
        (resource["attributes"]!["name"], resource["attributes"]!["updatedAt"]) =
            ("an older version", updatedAt.AddHours(-1).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        return resource.ToJsonString();
    }
}
