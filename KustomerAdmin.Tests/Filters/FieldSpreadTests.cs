using FsCheck.Fluent;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;

namespace KustomerAdmin.Tests.Filters;

public sealed class FieldSpreadTests
{
    [Fact]
    public void Statistics_Written_AreReadAsTheyWere() => Holds.ForAll(
        (from values in Gen.Elements("gold", "it's", "\"", "ü🙂", "a,b", "[]").ListOf(4)
         from tickets in Gen.Choose(1, 1_000_000)
         select values.Distinct().Select(value => new ValueCount(value, tickets)).ToList()),
        values => Read(FieldSpread.WriteTopValues(values), null).TopValues.ShouldBe(values));

    [Fact]
    public void TopValues_MoreThanTheColumnHolds_AreCut()
    {
        var written = FieldSpread.WriteTopValues(Enumerable.Range(0, 5000).Select(number => new ValueCount($"value number {number}", 5000 - number)));

        written.Length.ShouldBeLessThanOrEqualTo(FieldStatistics.ValuesLength);
        Read(written, null).TopValues[0].Value.ShouldBe("value number 0");
        FieldSpread.WriteTopValues([new ValueCount(new string('x', 101), 5)]).ShouldBe("[]");
    }

    [Theory]
    [InlineData("gold", 600)]
    [InlineData("silver", 300)]
    [InlineData("something else", 10)]
    public void Equal_IsKnownOfTheTopValuesAndSharedByTheOthers(string value, double expected) =>
        new FieldSpread(1000, 12, [new("gold", 600), new("silver", 300)], []).EstimateIs(value).ShouldBe(expected);

    [Theory]
    [InlineData(null, null, 1000)]
    [InlineData(0.0, 10.0, 250)]
    [InlineData(0.0, 5.0, 125)]
    [InlineData(20.0, null, 500)]
    [InlineData(500.0, null, 0)]
    [InlineData(null, -1.0, 0)]
    public void Range_IsTheShareOfTheHistogram(double? from, double? to, double expected) =>
        new FieldSpread(1000, 500, [], [0, 10, 20, 40, 100]).EstimateRange(from, to).ShouldBe(expected, tolerance: 1e-9);

    private static FieldSpread Read(string? topValues, string? histogram) =>
        FieldSpread.Of(new FieldStatistics { FieldId = 1, Tickets = 10, Distinct = 5, TopValues = topValues, Histogram = histogram, MeasuredAt = DateTimeOffset.UnixEpoch });
}
