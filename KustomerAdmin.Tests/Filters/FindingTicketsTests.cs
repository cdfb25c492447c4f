using FsCheck.Fluent;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Filters;

/// <summary>What the database finds is what a plain list in memory finds, whichever part of the filter the search begins with.</summary>
public sealed class FindingTicketsTests(FilterWorld world) : IClassFixture<FilterWorld>
{
    public static TheoryData<string, FilterOperator> EveryQuestion()
    {
        TheoryData<string, FilterOperator> questions = [];
        var types = FieldTypes();
        foreach (var key in AskableFilter.Keys)
        {
            foreach (var asked in FilterOperators.For(types(key)))
            {
                questions.Add(key, asked);
            }
        }

        return questions;
    }

    [Theory]
    [MemberData(nameof(EveryQuestion))]
    public async Task Condition_OfEveryFieldAndOperator_FindsWhatItSaysInEveryShape(string key, FilterOperator asked)
    {
        foreach (var condition in AskableFilter.Condition(key, asked, world.Oracle.Sources[key].Field.Type).Sample(8))
        {
            FilterProblem.Of(condition, world.Oracle.Sources[key].Field).ShouldBeNull();
            await FindsAsync(new FilterGroup(false, [condition]));
        }
    }

    [Fact]
    public async Task Filter_OfAnyTree_FindsWhatItSaysInEveryShape()
    {
        foreach (var filter in AskableFilter.Trees(world.Oracle.Sources).Sample(120))
        {
            await FindsAsync(filter);
        }
    }

    [Fact]
    public async Task Search_AnyFilterAndSort_PagesCountAndStreamAgree()
    {
        var queries =
            from filter in AskableFilter.Trees(world.Oracle.Sources, levels: 2)
            from isEverything in Gen.Frequency((1, Gen.Constant(true)), (2, Gen.Constant(false)))
            from sort in Gen.Elements(AskableFilter.Keys)
            from isAscending in Gen.Elements(true, false)
            select new TicketQuery { Filter = isEverything ? FilterGroup.Everything : filter, SortKey = sort, IsAscending = isAscending };
        foreach (var query in queries.Sample(60))
        {
            var expected = world.Oracle.Find(query.Filter).ToDictionary(ticket => ticket.Id);

            var pages = await EveryPageAsync(query);

            pages.Order().ToList().ShouldBe([.. expected.Keys.Order()], query.ToAddress());
            (await StreamAsync(query)).ShouldBe(pages, query.ToAddress());
            (await BatchesAsync(query, size: 7)).ShouldBe(pages, query.ToAddress());
            (await SearchAsync(search => search.CountAsync(query, FilterWorld.Viewer, isExact: true, CancellationToken.None))).ShouldBe(new TicketCount(pages.Count, false));
            (await SearchAsync(async search =>
            {
                await search.ReadPageAsync(query, FilterWorld.Viewer, CancellationToken.None);
                return await search.CountAsync(query, FilterWorld.Viewer, isExact: true, CancellationToken.None);
            })).ShouldBe(new TicketCount(pages.Count, false), query.ToAddress());
            IsInOrder(pages.ConvertAll(id => expected[id]), query);
        }
    }

    [Fact]
    public async Task FailingConditions_OfATicketThatAFilterLeavesOut_AreThoseThatItDoesNotMeet()
    {
        foreach (var filter in AskableFilter.Trees(world.Oracle.Sources, levels: 2).Sample(15))
        {
            var ticket = world.Oracle.Present.ElementAt(filter.GetHashCode() is var hash ? Math.Abs(hash % 200) : 0);

            var failing = await SearchAsync(search => search.FailingConditionsAsync(new TicketQuery { Filter = filter }, FilterWorld.Viewer, ticket.Id, CancellationToken.None));

            failing.Count.ShouldBe(world.Oracle.Matches(ticket, filter) ? 0 : failing.Count);
            (failing.Count > 0).ShouldBe(!world.Oracle.Matches(ticket, filter));
            failing.ShouldAllBe(condition => !world.Oracle.Matches(ticket, condition));
        }
    }

    /// <summary>Begun with nothing and with every part that a search can begin with.</summary>
    private Task FindsAsync(FilterGroup filter) => world.App.StoredAsync(async db =>
    {
        var expected = world.Oracle.Find(filter).Select(ticket => ticket.Id).Order().ToList();
        var driver = new FilterDriver(db, world.Oracle.Sources, FilterWorld.Viewer);
        foreach (var part in Parts(filter).Prepend(null))
        {
            if (part is null || driver.Find(part) is not null)
            {
                var compiler = new FilterCompiler(db, world.Oracle.Sources, FilterWorld.Viewer, isDriven: part is not null);
                var found = new FoundTickets(db, part is null ? null : driver.Find(part), compiler.Compile(filter, except: part));
                var shape = $"{FilterText.Format(filter)} begun with {(part is null ? "nothing" : FilterText.Format(new FilterGroup(false, [part])))}";
                (await found.All.Select(candidate => candidate.Id).ToListAsync()).Order().ToList().ShouldBe(expected, shape);
                (await found.Ids.ToListAsync()).Order().ToList().ShouldBe(expected, shape);
            }
        }

        return 0;
    });

    private static IEnumerable<FilterNode> Parts(FilterNode node) => node is FilterGroup { IsAny: false } all ? all.Parts.SelectMany(Parts) : [node];

    private void IsInOrder(List<Ticket> tickets, TicketQuery query)
    {
        // A list cannot be sorted by; the newest tickets come first then.
        var type = world.Oracle.Sources[query.SortKey].Field.Type;
        var (key, isAscending) = type is FilterFieldType.List ? ("updatedAt", false) : (query.SortKey, query.IsAscending);
        var keys = tickets.ConvertAll(ticket => Key(ticket, key));
        var valued = keys.TakeWhile(static value => value is not null).ToList();

        keys.Skip(valued.Count).ShouldAllBe(value => value == null, query.ToAddress());
        var ordered = isAscending ? valued.Order(Comparer<object?>.Create(Compare)) : valued.OrderDescending(Comparer<object?>.Create(Compare));
        valued.SequenceEqual(ordered).ShouldBeTrue(query.ToAddress());
    }

    /// <summary>The value in the order of which the list is; a value that does not fit its field has no place.</summary>
    private object? Key(Ticket ticket, string key) => key is "instance" ? (ticket.InstanceId == 1 ? "globex" : "acme")
        : world.Oracle.Values(ticket, key).Select(value => (object?)(value.Value switch
        {
            string text when world.Oracle.Sources[key].Field.Type is FilterFieldType.Text or FilterFieldType.Choice => text.Length > TicketMetadata.IndexedTextLength ? text[..TicketMetadata.IndexedTextLength] : text,
            double number when world.Oracle.Sources[key].Field.Type is FilterFieldType.Number or FilterFieldType.YesNo => number,
            bool truth => truth ? 1.0 : 0.0,
            DateTimeOffset moment => moment,
            _ => null,
        })).FirstOrDefault(value => value is not null);

    /// <summary>Texts by their bytes, as SQLite has them.</summary>
    private static int Compare(object? left, object? right) =>
        left is string one && right is string other ? System.Text.Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(other))
        : Comparer<object?>.Default.Compare(left, right);

    private async Task<List<long>> EveryPageAsync(TicketQuery query)
    {
        List<long> ids = [];
        for (var page = 1; ; page++)
        {
            var read = await SearchAsync(search => search.ReadPageAsync(query with { Page = page }, FilterWorld.Viewer, CancellationToken.None));
            ids.AddRange(read.Rows.Select(row => row.Id));
            if (!read.HasNext)
            {
                return ids;
            }
        }
    }

    private Task<List<long>> StreamAsync(TicketQuery query) => SearchAsync(async search =>
    {
        List<long> ids = [];
        await foreach (var batch in search.StreamAsync(query, FilterWorld.Viewer, CancellationToken.None))
        {
            ids.AddRange(batch.Select(row => row.Id));
        }

        return ids;
    });

    private Task<List<long>> BatchesAsync(TicketQuery query, int size) => world.App.StoredAsync(async db =>
    {
        List<long> ids = [];
        var asked = await AskedTickets.ReadAsync(db, query, FilterWorld.Viewer, known: null, CancellationToken.None);
        foreach (var stretch in await asked.StretchesAsync(size, CancellationToken.None))
        {
            await foreach (var batch in Walk.BatchesAsync(stretch, size, CancellationToken.None))
            {
                batch.Count.ShouldBeInRange(1, size);
                ids.AddRange(batch);
            }
        }

        return ids;
    });

    private Task<T> SearchAsync<T>(Func<TicketSearch, Task<T>> work) => world.App.AsAdminAsync(work);

    private static Func<string, FilterFieldType> FieldTypes()
    {
        var known = OwnField.All.Select(own => own.Field).Concat(StandardColumn.All.Select(column => new FilterField(column.Key.Path, "", FieldSource.TypeOf(column.Key.Type), FilterFieldGroup.Standard)))
            .ToDictionary(field => field.Key, field => field.Type, StringComparer.Ordinal);
        return key => known.TryGetValue(key, out var type) ? type : key switch
        {
            FilterWorld.Number => FilterFieldType.Number,
            FilterWorld.Date => FilterFieldType.Date,
            FilterWorld.Truth => FilterFieldType.YesNo,
            _ => FilterFieldType.Text,
        };
    }
}
