using System.Linq.Expressions;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;
using KustomerAdmin.Sync.Statistics;
using KustomerAdmin.Tests.Filters;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Searching;

/// <summary>The ticket's own columns are named in several places, each of which says something else of them. One that is new is forgotten in none.</summary>
public sealed class OwnFieldsTests(SyncedPlace synced) : IClassFixture<SyncedPlace>
{
    private static readonly string[] s_keys = [.. OwnField.All.Select(own => own.Field.Key)];

    [Fact]
    public void Columns_OfATicket_AreOwnFieldsOrTheConsolesOwnBookkeeping()
    {
        string[] bookkeeping =
            [nameof(Ticket.Id), nameof(Ticket.CustomerId), nameof(Ticket.DeletedAt), nameof(Ticket.MissingSince), nameof(Ticket.AheadSince), nameof(Ticket.ContentHash)];
        var columns = typeof(Ticket).GetProperties().Where(property => property.PropertyType.IsValueType || property.PropertyType == typeof(string)).Select(property => property.Name);

        OwnField.All.Where(own => own.Column?.Parameters[0].Type == typeof(Ticket)).Select(own => NameOf(own.Column!.Body)).Concat(bookkeeping)
            .ShouldBe(columns, ignoreOrder: true);
    }

    [Fact]
    public void OwnFields_AndThoseOfTheFieldsPage_AreTheSame() =>
        s_keys.Except([OwnField.Instance, "customerConversations"]).Append("customer").ShouldBe(TicketFields.All.Select(own => own.Key.Path), ignoreOrder: true);

    [Fact]
    public void OwnFields_ThatAreMeasured_AreAllButTextsAndWhatIsLeftToThePlanner() =>
        ColumnMeasures.All.Select(column => column.Key).Except(StandardColumn.All.Select(column => column.Key.Path))
            .ShouldBe(s_keys.Except(["subject", OwnField.Direction, OwnField.Instance, OwnField.Id]), ignoreOrder: true);

    [Fact]
    public void OwnFields_AllOfThem_AreAskedByTheFiltersOfTheTests() => s_keys.ShouldBeSubsetOf(AskableFilter.Keys);

    [Fact]
    public void Columns_OfAListAndAnExportThatChooseNone_AreThere()
    {
        var fields = OwnField.All.Select(own => own.Field).ToList();

        TicketColumns.DefaultOf(fields).ShouldBeSubsetOf(s_keys);
        ExportColumn.Plan(keys: null, fields).LeftOut.ShouldBeEmpty();
    }

    /// <summary>From Kustomer's record through the sync and the database to the row, and so to cell and file.</summary>
    [Fact]
    public async Task Rows_OfTheList_HaveValuesOfEveryOwnField()
    {
        var rows = (await synced.SearchAsync(new TicketQuery { Columns = s_keys })).Rows;

        s_keys.Where(key => rows.All(row => row.Own(key) is null or "")).ShouldBeEmpty();
    }

    private static string NameOf(Expression column) => column is UnaryExpression converted ? NameOf(converted.Operand) : ((MemberExpression)column).Member.Name;
}
