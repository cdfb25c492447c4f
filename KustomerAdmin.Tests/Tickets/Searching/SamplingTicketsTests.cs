using KustomerAdmin.Filters;
using KustomerAdmin.Tests.Filters;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Searching;

public sealed class SamplingTicketsTests(FilterWorld world) : IClassFixture<FilterWorld>
{
    [Fact]
    public async Task Sample_OfTheSameSeed_IsTheSameInAnyOrderAndOfTheRightSize()
    {
        var query = new TicketQuery { Sample = new TicketSample(60, 7) };

        var newest = await IdsAsync(query);
        var again = await IdsAsync(TicketQuery.FromAddress(query.ToAddress()));
        var byStatus = await IdsAsync(query with { SortKey = "status", IsAscending = true });

        newest.Count.ShouldBe(60);
        again.ShouldBe(newest);
        byStatus.Order().ShouldBe(newest.Order());
        (await CountAsync(query)).ShouldBe(new TicketCount(60, false));
    }

    [Fact]
    public async Task Sample_OfAFilter_TakesMatchingTicketsAlone()
    {
        var filter = new FilterGroup(false, [new FilterCondition("status", FilterOperator.Is, ["open"])]);
        var all = await IdsAsync(new TicketQuery { Filter = filter });

        var few = await IdsAsync(new TicketQuery { Filter = filter, Sample = new TicketSample(10, 1) });
        var more = await IdsAsync(new TicketQuery { Filter = filter, Sample = new TicketSample(1000, 1) });

        few.Count.ShouldBe(10);
        few.ShouldBeSubsetOf(all);
        more.Order().ShouldBe(all.Order());
    }

    [Fact]
    public void Sample_OverManySeeds_TakesEveryTicketAboutAsOften()
    {
        var candidates = Enumerable.Range(1, 1000).Select(id => new Candidate { Id = id }).AsQueryable();
        var taken = new int[1001];
        var together = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var drawn = new TicketSample(50, seed).DrawFrom(candidates).ToList();
            drawn.ForEach(id => taken[id]++);
            together += drawn.Contains(1) && drawn.Contains(2) ? 1 : 0;
        }

        // 100 each are expected, with a deviation of 9.7; of two neighbours 5 pairs.
        taken.Skip(1).Min().ShouldBeGreaterThan(55);
        taken.Max().ShouldBeLessThan(145);
        together.ShouldBeInRange(0, 17);
    }

    [Fact]
    public void Samples_OfNeighbouringSeeds_HaveLittleInCommon()
    {
        var candidates = Enumerable.Range(1, 10_000).Select(id => new Candidate { Id = id }).AsQueryable();

        for (var seed = 0; seed < 50; seed++)
        {
            new TicketSample(100, seed).DrawFrom(candidates).ToList().Intersect(new TicketSample(100, seed + 1).DrawFrom(candidates).ToList()).Count().ShouldBeLessThan(12);
        }
    }

    private Task<List<long>> IdsAsync(TicketQuery query) => world.App.AsAdminAsync<TicketSearch, List<long>>(async search =>
    {
        List<long> ids = [];
        await foreach (var batch in search.StreamAsync(query, FilterWorld.Viewer, CancellationToken.None))
        {
            ids.AddRange(batch.Select(row => row.Id));
        }

        return ids;
    });

    private Task<TicketCount> CountAsync(TicketQuery query) => world.App.AsAdminAsync<TicketSearch, TicketCount>(search => search.CountAsync(query, FilterWorld.Viewer, isExact: false, CancellationToken.None));
}
