using System.Reflection;
using System.Text.Json;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Sync.Storing;

namespace KustomerAdmin.Tests.Sync.Storing;

public sealed class TicketHashTests
{
    private const string Basis = """{"updatedAt":"2026-05-01T00:00:00Z","name":"ab","status":"open","priority":1,"channels":["a","bc"],"tags":["t"],"phase":"a","satisfaction":1,"endedAt":"2026-02-01T00:00:00Z","spam":false,"custom":{"xStr":"ab","yNum":1,"zAt":"2026-01-01T00:00:00Z"}}""";

    [Theory]
    [InlineData("2026-05-01", "2026-05-02")]
    [InlineData("\"name\":\"ab\"", "\"name\":\"abc\"")]
    [InlineData("\"name\":\"ab\",", "")]
    [InlineData("open", "done")]
    [InlineData("\"priority\":1", "\"priority\":2")]
    [InlineData("\"priority\":1,", "")]
    [InlineData("[\"a\",\"bc\"]", "[\"ab\",\"c\"]")]
    [InlineData("[\"a\",\"bc\"],\"tags\":[\"t\"]", "[\"a\"],\"tags\":[\"bc\",\"t\"]")]
    [InlineData("\"xStr\":\"ab\"", "\"xStr\":\"AB\"")]
    [InlineData("\"xStr\":\"ab\"", "\"xStra\":\"b\"")]
    [InlineData("\"yNum\":1", "\"yNum\":1.5")]
    [InlineData("\"yNum\":1", "\"yNum\":\"1\"")]
    [InlineData("\"zAt\":\"2026-01-01", "\"zAt\":\"2026-01-03")]
    [InlineData("\"phase\":\"a\"", "\"phase\":\"b\"")]
    [InlineData("\"phase\":\"a\"", "\"endedReason\":\"a\"")]
    [InlineData("\"satisfaction\":1", "\"satisfaction\":\"1\"")]
    [InlineData("\"endedAt\":\"2026-02-01", "\"endedAt\":\"2026-02-02")]
    [InlineData("\"spam\":false", "\"spam\":true")]
    [InlineData("\"spam\":false,", "")]
    public void Hash_AnythingThatIsStoredDiffers_Differs(string old, string changed)
    {
        Basis.ShouldContain(old);

        HashOf(Basis.Replace(old, changed, StringComparison.Ordinal)).ShouldNotBe(HashOf(Basis));
    }

    [Theory]
    [InlineData("\"name\":\"ab\"", "\"name\":\"ab\",\"preview\":\"other text\"")]
    [InlineData("\"yNum\":1,", "\"yNum\":1,\"nothingStr\":null,")]
    public void Hash_NothingThatIsStoredDiffers_IsTheSame(string old, string changed)
    {
        Basis.ShouldContain(old);

        HashOf(Basis.Replace(old, changed, StringComparison.Ordinal)).ShouldBe(HashOf(Basis));
    }

    [Fact]
    public void Hash_AnyPartOfATicketDiffers_Differs()
    {
        var parts = typeof(MappedTicket).GetProperties().Where(property => property.Name is not nameof(MappedTicket.KustomerId));

        // A part that the hash left out would be stored once and never again.
        parts.Where(part => TicketHash.Of(Changed(part)) == Of(subject: null)).Select(part => part.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Hash_OfEqualTexts_IsEqualAndOfUnequalOnesNot() => Holds.ForAll<(string, string)>(texts =>
        (Of(texts.Item1) == Of(texts.Item2)).ShouldBe(string.Equals(texts.Item1, texts.Item2, StringComparison.Ordinal)));

    private static MappedTicket Changed(PropertyInfo part)
    {
        var ticket = new MappedTicket { KustomerId = "c1", UpdatedAt = default, Channels = [], TagIds = [], Attributes = new(), Values = [] };
        part.SetValue(ticket, Type.GetTypeCode(Nullable.GetUnderlyingType(part.PropertyType) ?? part.PropertyType) switch
        {
            TypeCode.String => "other",
            TypeCode.Int32 => 1,
            _ when part.PropertyType == typeof(TicketAttributes) => new TicketAttributes { Phase = "other" },
            _ when part.PropertyType == typeof(IReadOnlyList<string>) => new[] { "other" },
            _ when part.PropertyType == typeof(IReadOnlyList<MappedValue>) => new[] { new MappedValue(FieldKey.Custom("otherStr"), "other", null, null) },
            _ => new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero),
        });
        return ticket;
    }

    private static long Of(string? subject) => TicketHash.Of(new MappedTicket { KustomerId = "c1", UpdatedAt = default, Subject = subject, Channels = [], TagIds = [], Attributes = new(), Values = [] });

    private static long HashOf(string attributes) =>
        TicketHash.Of(TicketMapper.Map(Conversation.Read(JsonSerializer.Deserialize<JsonElement>($$"""{"id":"c1","attributes":{{attributes}} }"""))));
}
