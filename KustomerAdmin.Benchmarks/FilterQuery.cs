using System.Globalization;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;
using static KustomerAdmin.Filters.FilterOperator;

namespace KustomerAdmin.Benchmarks;

/// <summary>One thing that an admin asks, and the best SQL found for it by hand.</summary>
/// <param name="Page">Ids of the page's tickets in order. <c>{custom.x}</c> stands for a field's id.</param>
/// <param name="Matching">All matching tickets, for the count, which stops after <see cref="CountLimit"/>; null where the console keeps the count.</param>
internal sealed record FilterQuery(string Name, TicketQuery Query, string Page, string? Matching)
{
    public const int CountLimit = TicketSearch.CountCap + 1;

    /// <summary>What the rows show beside the ticket's own columns; <see cref="HandWritten"/> reads the same.</summary>
    public static readonly IReadOnlyList<string> Columns = ["subject", "status", "channel", "customerConversations", "updatedAt", "custom.tierStr", "custom.orderValueNum"];

    private const string Newest = "ORDER BY t.UpdatedAt DESC, t.Id DESC LIMIT 50";

    public static IReadOnlyList<FilterQuery> All(int tickets)
    {
        var rare = $"ORD-{RareOrder(tickets):D8}";
        var (common, rareWord, country, product) = (SampleField.Word(0), SampleField.Word(2_900), SampleField.Word(50), "product " + SampleField.Word(4_000));
        var (from, tag) = (SampleTickets.End.AddDays(-30), SampleTickets.TagOf(40));
        return
        [
            new("first page of /tickets", new TicketQuery(), $"{Walk("1")}", Matching: null),
            new("equals, one match", Where(Condition("custom.orderNumberStr", Is, rare)), Drive(Text("custom.orderNumberStr", $"= '{rare}'")), Driven(Text("custom.orderNumberStr", $"= '{rare}'"))),
            new("equals, 63 %", Where(Condition("custom.tierStr", Is, "standard")), Walk(Has("custom.tierStr", "TextValue = 'standard'")), Driven(Text("custom.tierStr", "= 'standard'"))),
            new("range of numbers", Where(Condition("custom.orderValueNum", Between, "300", "400")), Drive(Number("custom.orderValueNum", "BETWEEN 300 AND 400")), Driven(Number("custom.orderValueNum", "BETWEEN 300 AND 400"))),
            new(
                "three conditions, selective",
                Where(Condition("custom.countryStr", Is, country), Condition("custom.productStr", Is, product), Condition("custom.itemsNum", AtMost, "10")),
                Drive(Text("custom.productStr", $"= '{product}'"), Has("custom.countryStr", $"TextValue = '{country}'"), Has("custom.itemsNum", "NumberValue <= 10")),
                Driven(Text("custom.productStr", $"= '{product}'"), Has("custom.countryStr", $"TextValue = '{country}'"), Has("custom.itemsNum", "NumberValue <= 10"))),
            new(
                "three conditions, broad",
                Where(Condition("custom.tierStr", Is, "standard"), Condition("custom.isGiftBool", Is, "false"), Condition("custom.itemsNum", AtLeast, "8")),
                Walk(Has("custom.tierStr", "TextValue = 'standard'"), Has("custom.isGiftBool", "NumberValue = 0"), Has("custom.itemsNum", "NumberValue >= 8")),
                Driven(Number("custom.itemsNum", ">= 8"), Has("custom.tierStr", "TextValue = 'standard'"), Has("custom.isGiftBool", "NumberValue = 0"))),
            new(
                "OR of three fields",
                Where(new FilterGroup(true, [Condition("custom.orderValueNum", MoreThan, "700"), Condition("custom.productStr", Is, product), Condition("custom.countryStr", Is, country)])),
                $"SELECT t.Id FROM Tickets t WHERE t.Id IN ({Any(product, country)}) AND t.DeletedAt IS NULL {Newest}",
                $"SELECT 1 FROM Tickets t WHERE t.Id IN ({Any(product, country)}) AND t.DeletedAt IS NULL"),
            new("is empty", Where(Condition("custom.deliveredAt", IsEmpty), Condition("custom.tierStr", Is, "trial")),
                Walk($"NOT {Has("custom.deliveredAt", "DateValue IS NOT NULL")}", Has("custom.tierStr", "TextValue = 'trial'")),
                Driven(Text("custom.tierStr", "= 'trial'"), $"NOT {Has("custom.deliveredAt", "DateValue IS NOT NULL")}")),
            new("contains, common word", Where(Condition("custom.remarkStr", Contains, common)), Walk(Has("custom.remarkStr", $"TextValue LIKE '%{common}%'")), Driven(Text("custom.remarkStr", $"LIKE '%{common}%'"))),
            new("contains, rare word", Where(Condition("custom.remarkStr", Contains, rareWord)), Drive(Text("custom.remarkStr", $"LIKE '%{rareWord}%'")), Driven(Text("custom.remarkStr", $"LIKE '%{rareWord}%'"))),
            Sorted("sort by a custom field, page 1", "custom.orderValueNum", 1),
            Sorted("sort by a custom field, page 1,000", "custom.orderValueNum", Math.Max(1, tickets / 1_000)),
            new(
                "status, window of dates and tag",
                Where(Condition("status", Is, "open"), Condition("updatedAt", InTheLast, "30 days"), Condition("tag", AnyOf, tag)),
                Walk("t.Status = 'open'", $"t.UpdatedAt >= {Midnight(from)}", Tagged(tag)),
                $"SELECT 1 FROM Tickets t WHERE t.Status = 'open' AND t.UpdatedAt >= {Midnight(from)} AND {Tagged(tag)} AND t.DeletedAt IS NULL"),
            new(
                "customers with many conversations",
                Where(Condition("customerConversations", AtLeast, "58")),
                $"SELECT t.Id FROM Customers c JOIN Tickets t ON t.CustomerId = c.Id WHERE c.ConversationCount >= 58 AND t.DeletedAt IS NULL {Newest}",
                "SELECT 1 FROM Customers c JOIN Tickets t ON t.CustomerId = c.Id WHERE c.ConversationCount >= 58 AND t.DeletedAt IS NULL"),
            new(
                "sort by customer's conversations",
                new TicketQuery { SortKey = "customerConversations" },
                "SELECT t.Id FROM Customers c INDEXED BY IX_Customers_ConversationCount CROSS JOIN Tickets t INDEXED BY IX_Tickets_CustomerId_DeletedAt ON t.CustomerId = c.Id WHERE c.ConversationCount IS NOT NULL AND t.DeletedAt IS NULL ORDER BY c.ConversationCount DESC, c.Id DESC, t.Id DESC LIMIT 50",
                Matching: null),
            new(
                "standard attributes",
                Where(Condition("sla.breached", Is, "true"), Condition("queue", Is, "technical")),
                Walk(Attribute("a.SlaBreached = 1 AND a.Queue = 'technical'")),
                $"SELECT 1 FROM Tickets t JOIN TicketAttributes a ON a.TicketId = t.Id WHERE a.SlaBreached = 1 AND a.Queue = 'technical' AND t.DeletedAt IS NULL"),
            new(
                "sort by a standard attribute",
                new TicketQuery { SortKey = "firstResponse.time" },
                "SELECT t.Id FROM TicketAttributes a CROSS JOIN Tickets t ON t.Id = a.TicketId WHERE a.FirstResponseTime IS NOT NULL AND t.DeletedAt IS NULL ORDER BY a.FirstResponseTime DESC, a.TicketId DESC LIMIT 50",
                Matching: null),
            new("subject contains a rare word", Where(Condition("subject", Contains, rareWord)),
                $"SELECT t.Id FROM Tickets t WHERE t.Subject LIKE '%{rareWord}%' AND t.DeletedAt IS NULL {Newest}",
                $"SELECT 1 FROM Tickets t WHERE t.Subject LIKE '%{rareWord}%' AND t.DeletedAt IS NULL"),
            new("channel and number of messages", Where(Condition("channel", AnyOf, "instagram"), Condition("messageCount", AtLeast, "30")),
                Walk(Channel("instagram"), "t.MessageCount >= 30"),
                $"SELECT 1 FROM TicketChannels c JOIN Tickets t ON t.Id = c.TicketId WHERE c.Channel = 'instagram' AND t.MessageCount >= 30 AND t.DeletedAt IS NULL"),
        ];
    }

    /// <summary>A ticket that has an order number and that the writer leaves alone.</summary>
    public static int RareOrder(int tickets) => Enumerable.Range(tickets / 3, tickets).First(number =>
        number % FilterWriter.Spared == 0 && (number + 1) % FilterDatabase.DeletedEvery != 0 && SampleTickets.Make(number, tickets).Values.Any(value => value.Field.Path is "custom.orderNumberStr"));

    private static TicketQuery Where(params FilterNode[] parts) => new() { Filter = new FilterGroup(false, parts) };

    private static FilterCondition Condition(string field, FilterOperator @operator, params string[] values) => new(field, @operator, values);

    private static string Walk(params string[] conditions) =>
        $"SELECT t.Id FROM Tickets t INDEXED BY IX_Tickets_UpdatedAt WHERE {string.Join(" AND ", conditions)} AND t.DeletedAt IS NULL {Newest}";

    private static string Drive(string driver, params string[] conditions) =>
        $"SELECT t.Id FROM TicketMetadata m CROSS JOIN Tickets t ON t.Id = m.TicketId WHERE {string.Join(" AND ", [driver, .. conditions])} AND t.DeletedAt IS NULL {Newest}";

    private static string Driven(string driver, params string[] conditions) =>
        $"SELECT 1 FROM TicketMetadata m CROSS JOIN Tickets t ON t.Id = m.TicketId WHERE {string.Join(" AND ", [driver, .. conditions])} AND t.DeletedAt IS NULL";

    private static string Text(string field, string condition) => $"m.FieldId = {{{field}}} AND m.TextValue IS NOT NULL AND m.TextValue {condition}";

    private static string Number(string field, string condition) => $"m.FieldId = {{{field}}} AND m.NumberValue IS NOT NULL AND m.NumberValue {condition}";

    private static string Has(string field, string condition) => $"EXISTS (SELECT 1 FROM TicketMetadata h WHERE h.TicketId = t.Id AND h.FieldId = {{{field}}} AND h.{condition})";

    private static string Any(string product, string country) =>
        $"SELECT m.TicketId FROM TicketMetadata m WHERE {Number("custom.orderValueNum", "> 700")} UNION ALL SELECT m.TicketId FROM TicketMetadata m WHERE {Text("custom.productStr", $"= '{product}'")} UNION ALL SELECT m.TicketId FROM TicketMetadata m WHERE {Text("custom.countryStr", $"= '{country}'")}";

    private static string Tagged(string tag) => $"EXISTS (SELECT 1 FROM TicketTags g WHERE g.TicketId = t.Id AND g.TagId = '{tag}')";

    private static string Channel(string channel) => $"EXISTS (SELECT 1 FROM TicketChannels c WHERE c.TicketId = t.Id AND c.Channel = '{channel}')";

    private static string Attribute(string condition) => $"EXISTS (SELECT 1 FROM TicketAttributes a WHERE a.TicketId = t.Id AND {condition})";

    private static string Midnight(DateTimeOffset moment) => new DateTimeOffset(moment.Date.AddDays(1), TimeSpan.Zero).UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static FilterQuery Sorted(string name, string field, int page) => new(
        name,
        new TicketQuery { SortKey = field, Page = page },
        string.Create(CultureInfo.InvariantCulture, $"SELECT m.TicketId FROM TicketMetadata m WHERE m.FieldId = {{{field}}} AND m.NumberValue IS NOT NULL AND m.TicketId NOT IN (SELECT Id FROM Tickets WHERE DeletedAt IS NOT NULL) ORDER BY m.NumberValue DESC, m.TicketId DESC LIMIT 50 OFFSET {(page - 1) * 50}"),
        Matching: null);
}
