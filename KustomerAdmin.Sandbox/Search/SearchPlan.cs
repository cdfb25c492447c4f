using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Search;

/// <summary>A query made ready to run: a range of the update times, which the index finds at once, and a test for the rest.</summary>
internal sealed record SearchPlan<T>(long From, long To, Predicate<T>? Test, Comparison<T>? Order, bool IsDescending);

/// <summary>Makes plans. Criteria of one object may stand in a search for the other.</summary>
internal sealed class SearchPlanner(OrganizationStore store, SearchQuery query, bool isArchive, long horizon)
{
    private static readonly string[] s_archiveNames = ["id", "created_at", "updated_at", "customer_id", "deleted", "any_text", "any_text_new", "companyId"];

    private readonly Condition _condition = new(store, query.Zone);

    public SearchPlan<Conversation> ForConversations() => Plan("conversation", ConversationAttributes.Find, criterion => criterion.Object switch
    {
        "conversation" => Compile(criterion, ConversationAttributes.Find),
        "customer" => Through(Compile(criterion, CustomerAttributes.Find)),
        _ => throw Unknown(criterion),
    });

    public SearchPlan<Customer> ForCustomers()
    {
        // All conversation criteria of one "and" speak of the same conversation.
        var conversationTests = query.And.Where(criterion => criterion.Object is "conversation").Select(criterion => Compile(criterion, ConversationAttributes.Find)).ToList();
        var plan = Plan("customer", CustomerAttributes.Find, criterion => criterion.Object switch
        {
            "customer" => Compile(criterion, CustomerAttributes.Find),
            "conversation" when query.And.Contains(criterion) => static _ => true,
            "conversation" => AnyOf([Compile(criterion, ConversationAttributes.Find)]),
            _ => throw Unknown(criterion),
        });
        return conversationTests.Count == 0 ? plan : plan with { Test = Both(plan.Test, AnyOf(conversationTests)) };
    }

    private SearchPlan<T> Plan<T>(string kind, Func<string, SearchAttribute<T>?> find, Func<Criterion, Predicate<T>> compile)
    {
        var (from, to) = isArchive ? (long.MinValue, horizon) : (horizon, long.MaxValue);
        Predicate<T>? test = null;
        foreach (var criterion in query.And)
        {
            Check(criterion);
            if (string.Equals(criterion.Object, kind, StringComparison.Ordinal) && criterion is { Name: "updated_at", Operator: "gte" or "gt" or "lte" or "lt" })
            {
                var bound = (long)_condition.Number(AttributeKind.Time, criterion.FullName, criterion.Value);
                (from, to) = criterion.Operator switch
                {
                    "gte" => (Math.Max(from, bound), to),
                    "gt" => (Math.Max(from, bound + 1), to),
                    "lte" => (from, Math.Min(to, bound + 1)),
                    _ => (from, Math.Min(to, bound)),
                };
            }
            else
            {
                test = Both(test, compile(criterion));
            }
        }

        query.Or.ForEach(Check);
        query.Not.ForEach(Check);
        if (query.Or.Count > 0)
        {
            var any = query.Or.ConvertAll(criterion => compile(criterion));
            test = Both(test, item => any.Exists(one => one(item)));
        }

        foreach (var criterion in query.Not)
        {
            var refused = compile(criterion);
            test = Both(test, item => !refused(item));
        }

        var (order, isDescending) = Order(kind, find);
        return new SearchPlan<T>(from, to, test, order, isDescending);
    }

    private (Comparison<T>? Order, bool IsDescending) Order<T>(string kind, Func<string, SearchAttribute<T>?> find)
    {
        if (query.Sort.Count == 0)
        {
            return (null, true);
        }

        if (query.Sort.Exists(sort => !string.Equals(sort.Object, kind, StringComparison.Ordinal) || find(sort.Name) is null))
        {
            throw new SearchException("Cannot sort by this attribute");
        }

        if (query.Sort[0].Name is "updated_at")
        {
            return (null, query.Sort[0].IsDescending);
        }

        var keys = query.Sort.ConvertAll(sort => (Attribute: find(sort.Name)!, Sign: sort.IsDescending ? -1 : 1));
        return ((left, right) =>
        {
            foreach (var (attribute, sign) in keys)
            {
                var order = attribute.Kind is AttributeKind.Text or AttributeKind.Words
                    ? string.CompareOrdinal(attribute.Text(store, left), attribute.Text(store, right))
                    : attribute.Number(store, left).CompareTo(attribute.Number(store, right));
                if (order != 0)
                {
                    return order * sign;
                }
            }

            return 0;
        }, false);
    }

    private Predicate<T> Compile<T>(Criterion criterion, Func<string, SearchAttribute<T>?> find) =>
        find(criterion.Name) is { } attribute ? _condition.Compile(attribute, criterion.FullName, criterion.Operator, criterion.Value) : throw Unknown(criterion);

    private Predicate<Conversation> Through(Predicate<Customer> test) => conversation => test(store.Index.Customer(conversation.Customer));

    private Predicate<Customer> AnyOf(List<Predicate<Conversation>> tests) => customer =>
    {
        foreach (var position in customer.Conversations)
        {
            var conversation = store.Index.Conversation(position);
            if (!conversation.IsDeleted && tests.TrueForAll(test => test(conversation)))
            {
                return true;
            }
        }

        return false;
    };

    private static Predicate<T> Both<T>(Predicate<T>? first, Predicate<T> second) => first is null ? second : item => first(item) && second(item);

    private static SearchException Unknown(Criterion criterion) => new($"Unknown attribute {criterion.FullName}");

    private void Check(Criterion criterion)
    {
        if (isArchive && !s_archiveNames.Contains(criterion.Name, StringComparer.Ordinal))
        {
            throw Unknown(criterion);
        }
    }
}
