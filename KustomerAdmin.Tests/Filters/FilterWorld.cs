using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Filters;

/// <summary>A console with a few hundred tickets that have everything that goes wrong with values; two instances share field keys, one of them with another type.</summary>
public sealed class FilterWorld : IAsyncLifetime
{
    public const string Text = "custom.wordStr";
    public const string Mixed = "custom.mixedNum";
    public const string Number = "custom.amountNum";
    public const string Date = "custom.dueAt";
    public const string Truth = "custom.giftBool";

    /// <summary>Berlin, in the week in which its clocks are put back.</summary>
    public static readonly ViewerTime Viewer = new(new DateTimeOffset(2026, 10, 27, 22, 30, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    public static readonly string[] Texts =
    [
        "gold", "Gold", "GOLD", "gold ", "100%", "100 sure", "a_b", "axb", "[x]", "x", "back\\slash", "'; DROP TABLE \"Tickets\"", "ü", "Ü", "Größe", "🙂", "0", "5", "true", "2026-10-25", "null", "\u0001",
        new('y', 399), new('y', 400), new('y', 401), new string('y', 400) + "end", new string('z', 450) + "gold" + new string('z', 600),
    ];

    public static readonly double[] Numbers = [0, -0.5, 1, 2, 2.5, 5, 5.000001, 1e9, -3];

    public static readonly DateTimeOffset[] Moments = [.. new[]
    {
        "2026-10-24T21:59:59.9999999Z", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z", "2026-10-27T22:30:00Z", "2026-10-27T23:00:00Z",
        "2026-10-20T22:00:00Z", "2026-10-21T21:59:00Z", "2026-11-03T10:00:00Z", "2025-01-01T00:00:00Z",
    }.Select(text => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];

    public TestApp App { get; } = TestApp.Start();

    internal FilterOracle Oracle { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var random = new Random(20261121);
        await App.ChangeStoredAsync(async db =>
        {
            Instance[] instances = [.. new[] { "globex", "acme" }.Select(name => new Instance { Name = name, Subdomain = name, CreatedAt = Viewer.Now, TicketCount = 150 })];
            db.AddRange(instances);
            await db.SaveChangesAsync();
            var fields = instances.SelectMany(instance => Fields(instance)).ToList();
            var customers = Enumerable.Range(0, 40).Select(number => new Customer { InstanceId = instances[number % 2].Id, KustomerId = $"customer{number}", ConversationCount = number % 5 == 0 ? null : number % 7 }).ToList();
            db.AddRange(fields);
            db.AddRange(customers);
            await db.SaveChangesAsync();
            for (var number = 0; number < 300; number++)
            {
                db.Add(SomeTicket.Of(random, number, instances[number % 2].Id, fields, customers));
            }
        });
        Oracle = await App.StoredAsync(async db => new FilterOracle(
            await db.Tickets.AsNoTracking().AsSplitQuery().Include(ticket => ticket.Attributes).Include(ticket => ticket.Metadata).Include(ticket => ticket.Tags).Include(ticket => ticket.Channels).Include(ticket => ticket.Customer).ToListAsync(),
            await db.MetadataFields.AsNoTracking().ToListAsync(),
            await FieldSource.ReadAsync(db, CancellationToken.None),
            Viewer));
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    private static IEnumerable<MetadataField> Fields(Instance instance) => new (string Key, MetadataType Type)[]
    {
        (Text, MetadataType.Text), (Mixed, instance.Name is "acme" ? MetadataType.Number : MetadataType.Text), (Number, MetadataType.Number), (Date, MetadataType.Date), (Truth, MetadataType.Boolean), ("satisfaction", MetadataType.Number),
    }.Select(field => new MetadataField { InstanceId = instance.Id, Key = field.Key, DisplayName = field.Key, Type = field.Type });
}
