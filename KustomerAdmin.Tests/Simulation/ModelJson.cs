using System.Globalization;
using System.Text.Json;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>The model's records as Kustomer writes them, with little in them.</summary>
internal static class ModelJson
{
    public const string CustomField = "orderNumberStr";

    public static void Write(Utf8JsonWriter json, ModelRecord record, ModelVersion version, bool isIdOnly)
    {
        json.WriteStartObject();
        json.WriteString("type", "conversation");
        json.WriteString("id", record.Id);
        if (!isIdOnly)
        {
            json.WriteStartObject("attributes");
            json.WriteString("name", record.SubjectOf(version));
            json.WriteString("status", version.Revision % 2 == 0 ? "open" : "done");
            json.WriteString("createdAt", Text(record.CreatedAt));
            json.WriteString("updatedAt", version.IsUnreadable ? "soon" : Text(version.UpdatedAt));
            json.WriteBoolean("deleted", version.IsDeleted);
            json.WriteNumber("messageCount", version.Revision);
            json.WriteStartArray("channels");
            json.WriteStringValue("email");
            json.WriteEndArray();
            json.WriteStartArray("tags");
            json.WriteStringValue($"tag{version.Revision % 3}");
            json.WriteEndArray();
            json.WriteStartObject("custom");
            json.WriteString(CustomField, version.Revision.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("relationships");
            json.WriteStartObject("customer");
            json.WriteStartObject("data");
            json.WriteString("type", "customer");
            json.WriteString("id", ModelWorld.CustomerId(version.Customer));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ModelWorld world, int customer)
    {
        json.WriteStartObject();
        json.WriteString("type", "customer");
        json.WriteString("id", ModelWorld.CustomerId(customer));
        json.WriteStartObject("attributes");
        json.WriteString("updatedAt", Text(world.CustomerChangedAt(customer)));
        json.WriteStartObject("conversationCounts");
        json.WriteNumber("all", world.CountOf(customer));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A single resource with the attributes that <paramref name="attributes"/> writes.</summary>
    public static ModelAnswer Resource(string type, string id, Action<Utf8JsonWriter> attributes) => new(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteString("type", type);
        json.WriteString("id", id);
        json.WriteStartObject("attributes");
        attributes(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Records that were asked for by their ids.</summary>
    public static ModelAnswer List(IEnumerable<ModelRecord> records) => new(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var record in records)
        {
            Write(json, record, record.Current, isIdOnly: false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
