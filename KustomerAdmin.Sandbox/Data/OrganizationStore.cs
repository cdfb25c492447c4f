using KustomerAdmin.Sandbox.Search;

namespace KustomerAdmin.Sandbox.Data;

/// <summary>All records of one organisation. Readers and writers hold <see cref="Gate"/>; the records themselves never change.</summary>
internal sealed class OrganizationStore
{
    private readonly List<Conversation> _conversations;
    private readonly List<Customer> _customers;
    private readonly Draw _draw;
    private readonly TimeProvider _clock;

    public OrganizationStore(SandboxOptions options, string subdomain, int tickets, long anchor)
    {
        _clock = options.Clock;
        _draw = Draw.Of(options.Seed, subdomain + "/new");
        Subdomain = subdomain;
        Ids = new IdSpace(options.Seed, subdomain);
        Id = Ids.Fixed(ResourceKind.Organization, 0);
        People = new People(options.Seed, subdomain, Ids);
        Layout = new ConversationGenerator(options.Seed, subdomain, tickets, anchor, options.AwkwardFutureDates);
        _conversations = Layout.Generate();
        _customers = CustomerGenerator.Generate(options.Seed, subdomain, ConversationGenerator.CustomerCount(tickets), _conversations, anchor);
        NamedCustomers = _customers.Count;
        Index = new SearchIndex(options.IndexLag, options.Clock);
        Index.Fill(_conversations, _customers);
        ConversationsById = new SortedIndex<Conversation>();
        ConversationsById.Fill(_conversations.Select(item => (item.CreatedAt / 1000, item.Index, item)));
        CustomersById = new SortedIndex<int>();
        CustomersById.Fill(_customers.Select(item => (item.CreatedAt / 1000, item.Index, item.Index)));
    }

    public Lock Gate { get; } = new();

    public string Subdomain { get; }

    public ObjectId Id { get; }

    public IdSpace Ids { get; }

    public People People { get; }

    public ConversationGenerator Layout { get; }

    public SearchIndex Index { get; }

    public int NamedCustomers { get; }

    /// <summary>Without the deleted ones.</summary>
    public SortedIndex<Conversation> ConversationsById { get; }

    public SortedIndex<int> CustomersById { get; }

    /// <summary>What a read of one conversation by its id answers with instead of it.</summary>
    public Dictionary<string, Conversation> Instead { get; } = new(StringComparer.Ordinal);

    public Conversation Conversation(int position) => _conversations[position];

    public Customer Customer(int position) => _customers[position];

    public int Customers => _customers.Count;

    public ObjectId IdOf(Conversation conversation) => Ids.Make(ResourceKind.Conversation, conversation.CreatedAt, conversation.Index);

    public ObjectId IdOf(Customer customer) => Ids.Make(ResourceKind.Customer, customer.CreatedAt, customer.Index);

    /// <summary>A few conversations still name the customer that was merged into another since.</summary>
    public ObjectId CustomerIdOf(Conversation conversation)
    {
        var customer = _customers[conversation.Customer];
        return conversation.Index % 997 == 400
            ? Ids.Make(ResourceKind.MergedCustomer, customer.CreatedAt, customer.Index)
            : IdOf(customer);
    }

    public Conversation? FindConversation(string id)
    {
        if (!ObjectId.TryParse(id, out var parsed) || !Ids.IsOf(ResourceKind.Conversation, parsed))
        {
            return null;
        }

        var found = FindByPosition(parsed.Index);
        return found is not null && IdOf(found) == parsed ? found : null;
    }

    /// <summary>Null as well for one that was deleted.</summary>
    public Conversation? FindByPosition(long position) =>
        position >= 0 && position < _conversations.Count && !_conversations[(int)position].IsDeleted ? _conversations[(int)position] : null;

    public Customer? FindCustomer(string id)
    {
        if (!ObjectId.TryParse(id, out var parsed) || parsed.Index >= _customers.Count
            || !(Ids.IsOf(ResourceKind.Customer, parsed) || Ids.IsOf(ResourceKind.MergedCustomer, parsed)))
        {
            return null;
        }

        var found = _customers[(int)parsed.Index];
        return parsed.Second == found.CreatedAt / 1000 ? found : null;
    }

    public Conversation Create(string? name)
    {
        var now = Now();
        var draw = _draw.At(_conversations.Count);
        var created = new Conversation
        {
            Index = _conversations.Count,
            Draw = draw,
            Customer = draw.Below(Salt.Customer, _customers.Count),
            CreatedAt = now,
            LastMessageAt = now,
            UpdatedAt = now,
            Status = ConversationStatus.Open,
            Priority = 3,
            Channel = 0,
            GeneratedMessages = 1,
            Notes = 0,
            Name = name,
        };
        _conversations.Add(created);
        ConversationsById.Add(created.CreatedAt / 1000, created.Index, created);
        var customer = _customers[created.Customer];
        Announce(created, customer.Count(created.Status, 1) with { Conversations = [.. customer.Conversations, created.Index], UpdatedAt = now });
        return created;
    }

    /// <summary>A change as an agent makes it: in turn another status, another message, other tags or another assignee.</summary>
    public Conversation Touch(Conversation conversation)
    {
        var now = Now();
        var changed = conversation with { Changes = conversation.Changes + 1, UpdatedAt = now };
        changed = (changed.Changes % 3) switch
        {
            0 => changed with { AddedMessages = [.. changed.AddedMessages, now] },
            1 => changed with { Status = changed.Status == ConversationStatus.Done ? ConversationStatus.Open : ConversationStatus.Done },
            _ => changed with { Priority = (byte)((changed.Priority % 5) + 1) },
        };
        Replace(changed);
        var customer = _customers[changed.Customer];
        Announce(changed, customer.Count(conversation.Status, -1).Count(changed.Status, 1) with { UpdatedAt = now });
        return changed;
    }

    public void Delete(Conversation conversation)
    {
        var now = Now();
        var deleted = conversation with { IsDeleted = true, UpdatedAt = now };
        _conversations[deleted.Index] = deleted;
        ConversationsById.Remove(deleted.CreatedAt / 1000, deleted.Index);
        Announce(deleted, _customers[deleted.Customer].Count(deleted.Status, -1) with { UpdatedAt = now });
    }

    public void Erase(Conversation conversation)
    {
        Delete(conversation);
        Index.Forget(conversation);
    }

    private void Replace(Conversation changed)
    {
        _conversations[changed.Index] = changed;
        ConversationsById.Remove(changed.CreatedAt / 1000, changed.Index);
        ConversationsById.Add(changed.CreatedAt / 1000, changed.Index, changed);
    }

    private void Announce(Conversation conversation, Customer customer)
    {
        _customers[customer.Index] = customer;
        Index.Announce(conversation, customer);
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
