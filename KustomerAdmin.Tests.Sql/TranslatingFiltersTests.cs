using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace KustomerAdmin.Tests.Sql;

/// <summary>What the search sends to SQL Server is T-SQL: read by Microsoft's own parser, for want of a server.</summary>
public sealed class TranslatingFiltersTests : IDisposable
{
    private static readonly ViewerTime s_viewer = new(new DateTimeOffset(2026, 10, 27, 22, 30, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    private static readonly MetadataField[] s_fields =
    [
        Field(1, "custom.wordStr", MetadataType.Text), Field(2, "custom.amountNum", MetadataType.Number), Field(3, "custom.dueAt", MetadataType.Date), Field(4, "custom.giftBool", MetadataType.Boolean),
        Field(5, "custom.mixedNum", MetadataType.Number), Field(6, "custom.mixedNum", MetadataType.Text), Field(7, "custom.wordStr", MetadataType.Text), Field(8, "satisfaction", MetadataType.Number),
    ];

    private static readonly IReadOnlyDictionary<string, FieldSource> s_sources = FieldSource.Of(s_fields, instances: 2);

    private readonly SqlServerAppDbContext _db = new(new DbContextOptionsBuilder<SqlServerAppDbContext>().UseSqlServer("Server=nowhere").Options);

    public static TheoryData<string> Keys => [.. s_sources.Keys];

    public static TheoryData<string> SortKeys => [.. s_sources.Where(source => source.Value.Field.HasOrder).Select(source => source.Key)];

    public void Dispose() => _db.Dispose();

    [Theory]
    [MemberData(nameof(Keys))]
    public void Condition_OfEveryOperator_IsTSqlInEveryShape(string key)
    {
        foreach (var asked in FilterOperators.For(s_sources[key].Field.Type))
        {
            foreach (var filter in Filters(key, asked))
            {
                foreach (var found in Shapes(filter))
                {
                    Parses(found.All.Select(candidate => candidate.Id));
                    Parses(found.Ids.Take(10_001));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(SortKeys))]
    public async Task Sort_ByEveryField_IsTSqlInEveryShape(string key)
    {
        var filter = new FilterGroup(false, [new FilterCondition("custom.amountNum", FilterOperator.MoreThan, ["5"]), new FilterCondition("status", FilterOperator.IsNot, ["done"])]);
        foreach (var found in Shapes(filter).Append(new FoundTickets(_db, null, null)))
        {
            foreach (var isAscending in new[] { true, false })
            {
                if (key is not OwnField.Instance)
                {
                    foreach (var stretch in await new TicketOrder(_db, found, s_sources[key], isAscending).StretchesAsync(CancellationToken.None))
                    {
                        Parses(stretch.Read([]).Skip(50).Take(51));
                        stretch.Sources.ToList().ForEach(source => Parses(source));
                        Walk.Behind(stretch, [.. stretch.Keys.Select(last => Some(last.ReturnType))]).ToList().ForEach(conditions => Parses(stretch.Read(conditions).Take(500)));
                    }
                }
            }

            Parses(new TicketSample(25, 4711).DrawFrom(found.All));
        }
    }

    private static IEnumerable<FilterGroup> Filters(string key, FilterOperator asked)
    {
        var (fewest, most) = FilterOperators.ValuesOf(asked);
        string[] values = s_sources[key].Field.Type switch
        {
            FilterFieldType.Number => ["5", "7.5"],
            FilterFieldType.Date => asked is FilterOperator.InTheLast or FilterOperator.NotInTheLast or FilterOperator.InTheNext ? ["7 days"] : ["2026-10-25", "2026-10-27T10:00"],
            FilterFieldType.YesNo => ["true", "false"],
            FilterFieldType.Text or FilterFieldType.Choice or FilterFieldType.List => ["it's 100% [x]_\\", "1", new('y', 450)],
        };
        foreach (var count in new[] { fewest, Math.Min(most, values.Length) }.Distinct())
        {
            var condition = new FilterCondition(key, asked, [.. values.Take(count)]);
            yield return new FilterGroup(false, [condition]);
            yield return new FilterGroup(true, [condition, new FilterGroup(false, [condition, new FilterCondition("custom.giftBool", FilterOperator.Is, ["true"])])]);
        }
    }

    private IEnumerable<FoundTickets> Shapes(FilterGroup filter)
    {
        var compiler = new FilterCompiler(_db, s_sources, s_viewer);
        var driver = new FilterDriver(_db, s_sources, s_viewer);
        compiler.Askable(filter).ShouldBe(filter);
        yield return new FoundTickets(_db, null, compiler.Compile(filter));
        foreach (var part in filter.IsAny ? [filter] : filter.Parts)
        {
            if (driver.Find(part) is { } ids)
            {
                yield return new FoundTickets(_db, ids, compiler.Compile(filter, except: part));
            }
        }
    }

    private static void Parses(IQueryable query)
    {
        var sql = query.ToQueryString();
        using var reader = new StringReader(sql);

        new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);

        errors.Select(error => $"{error.Line}: {error.Message}").ShouldBeEmpty(sql);
    }

    private static object? Some(Type type) =>
        type == typeof(string) ? "x"
        : (Nullable.GetUnderlyingType(type) ?? type) is var bare && bare == typeof(DateTimeOffset) ? s_viewer.Now
        : Activator.CreateInstance(bare);

    private static MetadataField Field(int id, string key, MetadataType type) => new() { Id = id, InstanceId = id > 5 ? 2 : 1, Key = key, DisplayName = key, Type = type };
}
