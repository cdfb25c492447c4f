using System.Linq.Expressions;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <summary>What a condition asks of the rows of metadata: of each type that the field has in some instance by itself.</summary>
/// <param name="FieldIds">Fields of one type.</param>
/// <param name="Tests">One of them is enough.</param>
/// <param name="ByIndex">The same, each answered by an index alone.</param>
internal sealed record RowTest(IReadOnlyList<int> FieldIds, IReadOnlyList<Expression<Func<TicketMetadata, bool>>> Tests, IReadOnlyList<Expression<Func<TicketMetadata, bool>>> ByIndex)
{
    /// <summary>Of a field with a column the rows hold what does not fit it: of those can only be asked whether there is one.</summary>
    /// <returns>Nothing for a condition that no value of the rows can meet.</returns>
    public static IReadOnlyList<RowTest> Of(AppDbContext db, FilterCondition condition, FieldSource source, ViewerTime viewer) =>
        source.Column is not null && condition.Operator is not FilterOperator.IsNotEmpty ? []
        : [.. source.Rows.GroupBy(field => field.Type).Select(group => Of(db, [.. group.Select(field => field.Id)], condition, group.Key, viewer)).Where(test => test.Tests.Count > 0)];

    /// <summary>For a look at the rows of one ticket.</summary>
    public Expression<Func<TicketMetadata, bool>> Any() => Predicate.And([OfFields(FieldIds), Predicate.Or(Tests)]);

    /// <summary>For a search that begins with the rows: each part from an index of its own, no row in two of them.</summary>
    public IEnumerable<Expression<Func<TicketMetadata, bool>>> Apart() =>
        ByIndex.Select((test, place) => Predicate.And([OfFields(FieldIds), test, .. ByIndex.Take(place).Select(Predicate.Not)]));

    /// <summary>The ids are written into the query: the indexes are chosen by them, and a field's queries are compiled once.</summary>
    public static Expression<Func<TicketMetadata, bool>> OfFields(IReadOnlyList<int> fieldIds)
    {
        if (fieldIds is [var only])
        {
            return row => row.FieldId == EF.Constant(only);
        }

        var ids = fieldIds.ToList();
        return row => EF.Constant(ids).Contains(row.FieldId);
    }

    private static RowTest Of(AppDbContext db, IReadOnlyList<int> fieldIds, FilterCondition condition, MetadataType type, ViewerTime viewer)
    {
        var tests = TestsOf(condition, type, viewer);
        return new RowTest(fieldIds, tests, type is MetadataType.Text && condition.Operator is FilterOperator.Contains or FilterOperator.StartsWith ? [InIndexedText(db, condition)] : tests);
    }

    private static IReadOnlyList<Expression<Func<TicketMetadata, bool>>> TestsOf(FilterCondition condition, MetadataType type, ViewerTime viewer)
    {
        if (condition.Operator is FilterOperator.IsNotEmpty)
        {
            return [row => row.TextValue != null, row => row.NumberValue != null, row => row.DateValue != null];
        }

        // Asked in the words of another type where the field has several.
        var asked = condition with { Values = [.. condition.Values.Where(value => FilterValue.Fits(FieldSource.TypeOf(type), condition.Operator, value))] };
        if (asked.Values.Count == 0 || !FilterOperators.For(FieldSource.TypeOf(type)).Contains(condition.Operator))
        {
            return [];
        }

        return type switch
        {
            MetadataType.Text => TextTests(asked),
            MetadataType.Number => [Number(ValueTest.Number(asked))],
            MetadataType.Boolean => [Number(ValueTest.Number(asked with { Values = [.. asked.Values.Select(value => FilterValue.Truth(value) is true ? "1" : "0")] }))],
            MetadataType.Date => [Predicate.And<TicketMetadata>([row => row.DateValue != null, Predicate.Of<TicketMetadata>((Expression<Func<TicketMetadata, DateTimeOffset?>>)(row => row.DateValue), ValueTest.Date(asked, viewer))])],
        };
    }

    private static Expression<Func<TicketMetadata, bool>> Number(Expression<Func<double?, bool>> test) =>
        Predicate.And<TicketMetadata>([row => row.NumberValue != null, Predicate.Of<TicketMetadata>((Expression<Func<TicketMetadata, double?>>)(row => row.NumberValue), test)]);

    /// <summary>
    /// Of a long text the indexed column has the beginning and the other one the whole. That a column is not null is said beside every pattern,
    /// or the index that leaves those rows out is not used.
    /// </summary>
    private static IReadOnlyList<Expression<Func<TicketMetadata, bool>>> TextTests(FilterCondition condition)
    {
        const int Indexed = TicketMetadata.IndexedTextLength;
        if (condition.Operator is FilterOperator.Contains or FilterOperator.StartsWith)
        {
            var pattern = ValueTest.Pattern(condition);
            Expression<Func<TicketMetadata, bool>> inText = row => row.TextValue != null && EF.Functions.Like(row.TextValue, pattern, "\\");
            return condition.Operator is FilterOperator.StartsWith && condition.Values[0].Length < Indexed ? [inText]
                : [inText, row => row.LongTextValue != null && EF.Functions.Like(row.LongTextValue, pattern, "\\")];
        }

        return EqualTests(condition);
    }

    /// <summary>
    /// Reads the index and looks at a row only where the index may have no more than a beginning: 400 signs for the language are at least 200 for a database
    /// that takes two of them for one.
    /// </summary>
    private static Expression<Func<TicketMetadata, bool>> InIndexedText(AppDbContext db, FilterCondition condition)
    {
        var pattern = ValueTest.Pattern(condition);
        return row => row.TextValue != null && (EF.Functions.Like(row.TextValue, pattern, "\\")
            || (row.TextValue.Length >= TicketMetadata.IndexedTextLength / 2
                && db.TicketMetadata.Any(whole => whole.TicketId == row.TicketId && whole.FieldId == row.FieldId && whole.LongTextValue != null && EF.Functions.Like(whole.LongTextValue, pattern, "\\"))));
    }

    private static List<Expression<Func<TicketMetadata, bool>>> EqualTests(FilterCondition condition)
    {
        const int Indexed = TicketMetadata.IndexedTextLength;
        List<Expression<Func<TicketMetadata, bool>>> tests = [];
        var texts = condition.Values.Where(static value => value.Length < Indexed).ToList();
        if (texts.Count == 1)
        {
            var text = texts[0];
            tests.Add(row => row.TextValue == text);
        }
        else if (texts.Count > 1)
        {
            tests.Add(row => row.TextValue != null && texts.Contains(row.TextValue));
        }

        foreach (var text in condition.Values.Where(static value => value.Length >= Indexed))
        {
            var beginning = text[..Indexed];
            tests.Add(text.Length == Indexed ? row => row.TextValue == text && row.LongTextValue == null : row => row.TextValue == beginning && row.LongTextValue == text);
        }

        return tests;
    }
}
