using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Search;

/// <summary>What search sees: the versions of records that it has indexed so far, which is a little behind what reads by id see.</summary>
internal sealed class SearchIndex(TimeSpan lag, TimeProvider clock)
{
    private const int WorthRebuilding = 100;

    private readonly Queue<(long VisibleAt, Conversation? Conversation, Customer? Customer)> _pending = new();
    private readonly List<Conversation> _conversations = [];
    private readonly List<Customer> _customers = [];
    private readonly HashSet<int> _forgotten = [];

    public SortedIndex<Conversation> ConversationsByUpdate { get; } = new();

    public SortedIndex<Customer> CustomersByUpdate { get; } = new();

    /// <summary>Rises with every change that has become visible.</summary>
    public int Version { get; private set; }

    public Conversation Conversation(int position) => _conversations[position];

    public Customer Customer(int position) => _customers[position];

    /// <summary>Whether a deleted conversation is indexed; without one, counts need not look at the items.</summary>
    public bool HasDeleted { get; private set; }

    public void Fill(IEnumerable<Conversation> conversations, IEnumerable<Customer> customers)
    {
        _conversations.AddRange(conversations);
        _customers.AddRange(customers);
        Rebuild();
    }

    public void Announce(Conversation? conversation, Customer? customer) =>
        _pending.Enqueue((Now() + (long)lag.TotalMilliseconds, conversation, customer));

    /// <summary>Whatever becomes of it, the conversation is not shown any more.</summary>
    public void Forget(Conversation conversation)
    {
        _forgotten.Add(conversation.Index);
        Version++;
        Rebuild();
    }

    public void CatchUp()
    {
        var now = Now();
        var isLarge = _pending.Count > WorthRebuilding;
        var changes = 0;
        while (_pending.TryPeek(out var change) && change.VisibleAt <= now)
        {
            _pending.Dequeue();
            changes++;
            if (change.Conversation is { } conversation)
            {
                HasDeleted |= conversation.IsDeleted;
                Put(_conversations, conversation, conversation.Index, isLarge || _forgotten.Contains(conversation.Index) ? null : ConversationsByUpdate, static item => item.UpdatedAt);
            }

            if (change.Customer is { } customer)
            {
                Put(_customers, customer, customer.Index, isLarge ? null : CustomersByUpdate, static item => item.UpdatedAt);
            }
        }

        if (changes > 0)
        {
            Version++;
            if (isLarge)
            {
                Rebuild();
            }
        }
    }

    private static void Put<T>(List<T> all, T item, int position, SortedIndex<T>? index, Func<T, long> updatedAt)
    {
        if (position < all.Count)
        {
            index?.Remove(updatedAt(all[position]), position);
            all[position] = item;
        }
        else
        {
            all.Add(item);
        }

        index?.Add(updatedAt(item), position, item);
    }

    private void Rebuild()
    {
        ConversationsByUpdate.Fill(_conversations.Where(item => !_forgotten.Contains(item.Index)).Select(item => (item.UpdatedAt, item.Index, item)));
        CustomersByUpdate.Fill(_customers.Select(item => (item.UpdatedAt, item.Index, item)));
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
