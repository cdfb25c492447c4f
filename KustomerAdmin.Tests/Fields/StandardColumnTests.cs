using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;

namespace KustomerAdmin.Tests.Fields;

public sealed class StandardColumnTests
{
    [Fact]
    public void Columns_OfTheTable_AreTheStandardFieldsWithTheirTypes()
    {
        var expected = StandardFields.All.Select(field => (StandardColumn.PropertyOf(field.Key.Path), TypeOf(field.Key.Type)));

        typeof(TicketAttributes).GetProperties().Where(property => property.Name is not nameof(TicketAttributes.TicketId))
            .Select(property => (property.Name, property.PropertyType)).ShouldBe(expected);
    }

    [Fact]
    public void Columns_AllOfThem_KeepWhatIsSet()
    {
        var attributes = new TicketAttributes();
        var moment = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

        foreach (var column in StandardColumn.All)
        {
            (column as StandardColumn<string?>)?.Set(attributes, column.Key.Path);
            (column as StandardColumn<double?>)?.Set(attributes, 1.5);
            (column as StandardColumn<DateTimeOffset?>)?.Set(attributes, moment);
            (column as StandardColumn<bool?>)?.Set(attributes, true);
        }

        (attributes.SlaBreachMetric, attributes.TotalOpenBusinessTime, attributes.FirstMessageOutSentAt, attributes.Pinned).ShouldBe(("sla.breach.metric", 1.5, moment, true));
        typeof(TicketAttributes).GetProperties().ShouldAllBe(property => property.GetValue(attributes) != null);
    }

    private static Type TypeOf(MetadataType type) => type switch
    {
        MetadataType.Text => typeof(string),
        MetadataType.Number => typeof(double?),
        MetadataType.Date => typeof(DateTimeOffset?),
        MetadataType.Boolean => typeof(bool?),
    };
}
