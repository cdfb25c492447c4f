using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Search;

/// <summary>One page of records that were found, and how many there are in all.</summary>
internal sealed record SearchPage(int Total, Conversation[] Conversations, Customer[] Customers);

/// <summary>Answers searches. What the index cannot answer by itself is found once and kept while its pages are read.</summary>
internal sealed class SearchEngine(OrganizationStore store, TimeProvider clock)
{
    private const int KeptResults = 6;

    private readonly List<(string Question, int Version, object Found)> _results = [];

    public SearchPage Find(SearchQuery query, bool isArchive, int skip, int take)
    {
        lock (store.Gate)
        {
            store.Index.CatchUp();

            // To the minute, so that all pages of one walk share their result.
            var horizon = clock.GetUtcNow().AddYears(-2).ToUnixTimeMilliseconds() / 60_000 * 60_000;
            var planner = new SearchPlanner(store, query, isArchive, horizon);
            var question = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{horizon} {query.Text}");
            switch (query.Context)
            {
                case "conversation":
                    var plan = planner.ForConversations();
                    if (store.Index.HasDeleted && !query.IncludesDeleted)
                    {
                        var test = plan.Test;
                        plan = plan with { Test = item => !item.IsDeleted && (test is null || test(item)) };
                    }

                    var (total, conversations) = Run(question, plan, store.Index.ConversationsByUpdate, skip, take);
                    return new SearchPage(total, conversations, []);
                case "customer":
                    var (count, customers) = Run(question, planner.ForCustomers(), store.Index.CustomersByUpdate, skip, take);
                    return new SearchPage(count, [], customers);
                default:
                    throw new SearchException($"The sandbox does not emulate searches for {query.Context}");
            }
        }
    }

    private (int Total, T[] Page) Run<T>(string question, SearchPlan<T> plan, SortedIndex<T> index, int skip, int take)
    {
        if (plan.Test is null && plan.Order is null)
        {
            var from = index.Before(plan.From);
            var to = Math.Max(from, index.Before(plan.To));
            var page = new T[Math.Clamp(to - from - skip, 0, take)];
            for (var position = 0; position < page.Length; position++)
            {
                page[position] = index[plan.IsDescending ? to - 1 - skip - position : from + skip + position];
            }

            return (to - from, page);
        }

        var found = Scan(question, plan, index);
        return (found.Count, [.. found.Skip(skip).Take(take)]);
    }

    private List<T> Scan<T>(string question, SearchPlan<T> plan, SortedIndex<T> index)
    {
        var kept = _results.FindIndex(result => result.Version == store.Index.Version && string.Equals(result.Question, question, StringComparison.Ordinal));
        if (kept >= 0 && _results[kept].Found is List<T> known)
        {
            return known;
        }

        var found = new List<T>();
        var to = index.Before(plan.To);
        for (var rank = index.Before(plan.From); rank < to; rank++)
        {
            if (plan.Test is null || plan.Test(index[rank]))
            {
                found.Add(index[rank]);
            }
        }

        if (plan.Order is { } order)
        {
            found = [.. found.Order(Comparer<T>.Create(order))];
        }
        else if (plan.IsDescending)
        {
            found.Reverse();
        }

        _results.Add((question, store.Index.Version, found));
        if (_results.Count > KeptResults)
        {
            _results.RemoveAt(0);
        }

        return found;
    }
}
