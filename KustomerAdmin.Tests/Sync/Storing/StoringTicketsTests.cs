using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync.Storing;

/// <summary>What becomes of a page of tickets in the database.</summary>
public sealed class StoringTicketsTests : SyncTest
{
    private static readonly DateTimeOffset s_day = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    protected override int Tickets => 1;

    [Fact]
    public async Task Attributes_OfAChangedTicket_AreReplacedAndFitTheirColumns()
    {
        await WriteAsync(Record("t1", s_day) with { Attributes = new TicketAttributes { Phase = "open", Satisfaction = 4.5, Spam = false, EndedAt = s_day, ExternalId = "" } });
        var first = await AttributesAsync("t1");

        await WriteAsync(Record("t1", s_day.AddDays(1)) with { Attributes = new TicketAttributes { SlaName = "Gold 😀" } });

        (first.Phase, first.Satisfaction, first.Spam, first.EndedAt, first.ExternalId).ShouldBe(("open", 4.5, false, s_day, ""));
        var second = await AttributesAsync("t1");
        (second.Phase, second.Satisfaction, second.Spam, second.EndedAt, second.SlaName).ShouldBe((null, null, null, null, "Gold 😀"));
    }

    [Fact]
    public async Task Record_KustomerMarksItDeleted_IsATombstoneUntilItIsThereAgain()
    {
        await WriteAsync(Record("t1", s_day));

        var deleted = await WriteAsync(Record("t1", s_day.AddDays(1)) with { Attributes = new TicketAttributes { Deleted = true } });
        var tombstone = await TicketAsync("t1");
        var again = await WriteAsync(Record("t1", s_day.AddDays(2)));

        (deleted.Deleted, deleted.Updated, again.Deleted, again.Updated).ShouldBe((1, 0, 0, 1));
        tombstone.DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
        (await TicketAsync("t1")).DeletedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Record_EqualToATombstone_RevivesIt()
    {
        await WriteAsync(Record("t1", s_day));
        await App.ChangeStoredAsync(async db => { var ticket = await db.Tickets.SingleAsync(); (ticket.DeletedAt, ticket.MissingSince) = (s_day, s_day); });

        var older = await WriteAsync(Record("t1", s_day.AddDays(-1)));
        var between = await TicketAsync("t1");
        var equal = await WriteAsync(Record("t1", s_day));

        (older.Unchanged, between.DeletedAt, equal.Updated).ShouldBe((1, s_day, 1));
        var revived = await TicketAsync("t1");
        (revived.DeletedAt, revived.MissingSince).ShouldBe((null, null));
    }

    [Fact]
    public async Task Record_OlderThanWhatIsStored_ChangesNothing()
    {
        await WriteAsync(Record("t1", s_day) with { Subject = "newer", Channels = ["email"] });

        var counts = await WriteAsync(Record("t1", s_day.AddSeconds(-1)) with { Subject = "older", Channels = [] });

        counts.ShouldBe(new PageCounts { Unchanged = 1 });
        (await TicketAsync("t1")).Subject.ShouldBe("newer");
        (await App.StoredAsync(db => db.TicketChannels.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Page_UndoneAfterItMetNewFields_LeavesNoneOfThemBehind()
    {
        var run = await BeginAsync();
        var page = new[] { Record("t1", s_day) with { Values = [new MappedValue(KustomerAdmin.Fields.FieldKey.Custom("aStr"), "x", null, null)] } };
        await Should.ThrowAsync<InvalidOperationException>(() => App.TicketWriter.WriteAsync(run, page, (_, _, _) => throw new InvalidOperationException(), CancellationToken.None));

        var (counts, _) = await App.TicketWriter.WriteAsync(run, page, (_, _, _) => Task.CompletedTask, CancellationToken.None);

        counts.Added.ShouldBe(1);
        (await App.StoredAsync(db => db.TicketMetadata.Join(db.MetadataFields, value => value.FieldId, field => field.Id, (value, field) => field.Key + value.TextValue).SingleAsync())).ShouldBe("custom.aStrx");
    }

    private static MappedTicket Record(string id, DateTimeOffset updatedAt) => new() { KustomerId = id, UpdatedAt = updatedAt, CustomerId = "c1", Channels = [], TagIds = [], Values = [] };

    private Task<TicketAttributes> AttributesAsync(string id) =>
        App.StoredAsync(db => db.TicketAttributes.AsNoTracking().SingleAsync(attributes => db.Tickets.Any(ticket => ticket.Id == attributes.TicketId && ticket.KustomerId == id)));

    private async Task<SyncRunState> BeginAsync() => new(0, InstanceId, (await App.InstanceAsync(InstanceId)).Epoch, null) { LeaseOwner = "test", BeganAt = DateTimeOffset.UnixEpoch, Kind = RunKind.Update };

    private async Task<PageCounts> WriteAsync(params MappedTicket[] page) =>
        (await App.TicketWriter.WriteAsync(await BeginAsync(), page, (_, _, _) => Task.CompletedTask, CancellationToken.None)).Counts;
}
