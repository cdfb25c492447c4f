using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Listing;

namespace KustomerAdmin.Tests.Tickets.Listing;

public sealed class ListLayoutTests : IAsyncLifetime
{
    private static readonly FilterField[] s_fields =
    [
        new("subject", "Subject", FilterFieldType.Text, FilterFieldGroup.Ticket),
        new("status", "Status", FilterFieldType.Choice, FilterFieldGroup.Ticket),
        new("custom.a", "A", FilterFieldType.Text, FilterFieldGroup.Custom, IsStored: false),
        new("custom.b", "B", FilterFieldType.Number, FilterFieldGroup.Custom),
    ];

    private readonly TestApp _app = TestApp.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Layout_OfOneAdmin_IsKeptAndIsNobodyElses()
    {
        var layout = (ListLayout.Untouched with { Columns = ["status", "subject"], IsDense = true }).WithWidth("subject", 333).WithWidth("custom.gone", 5);
        (await ReadAsync()).Columns.ShouldBeNull();

        await SaveAsync(ListLayout.Untouched);
        await SaveAsync(layout);

        var read = await ReadAsync();
        read.Columns.ShouldBe(["status", "subject"]);
        read.Widths["subject"].ShouldBe(333);
        read.Widths["custom.gone"].ShouldBe(ListLayout.LeastWidth);
        read.IsDense.ShouldBeTrue();
        (await _app.AsColleagueAsync<ListLayouts, ListLayout>(layouts => layouts.ReadAsync(CancellationToken.None))).Columns.ShouldBeNull();
    }

    [Fact]
    public void Write_MoreWidthsThanFit_LeavesThemOutAndKeepsTheColumns()
    {
        var layout = ListLayout.Untouched with { Columns = ["status"] };
        for (var number = 0; number < 400; number++)
        {
            layout = layout.WithWidth($"custom.field{number}", 100);
        }

        var text = layout.Write(TicketListLayout.ColumnsLength).ShouldNotBeNull();

        text.Length.ShouldBeLessThanOrEqualTo(TicketListLayout.ColumnsLength);
        ListLayout.Read(text, false).Columns.ShouldBe(["status"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{\"columns\":7}")]
    public void Read_WhatCannotBeRead_IsAsIfNothingWereKept(string text) => ListLayout.Read(text, true).ShouldSatisfyAllConditions(
        layout => layout.Columns.ShouldBeNull(),
        layout => layout.IsDense.ShouldBeTrue());

    [Fact]
    public void Columns_OfFieldsNotStored_AreLeftOut()
    {
        TicketColumns.Of(["custom.a", "custom.b", "custom.never"], s_fields, ListLayout.Untouched).Select(column => column.Field.Key).ShouldBe(["custom.b"]);
        TicketColumns.Of(["custom.a"], s_fields, ListLayout.Untouched).Select(column => column.Field.Key).ShouldBe(["subject", "status", "custom.b"]);
    }

    private Task<ListLayout> ReadAsync() => _app.AsAdminAsync<ListLayouts, ListLayout>(layouts => layouts.ReadAsync(CancellationToken.None));

    private Task<bool> SaveAsync(ListLayout layout) => _app.AsAdminAsync<ListLayouts, bool>(async layouts =>
    {
        await layouts.SaveAsync(layout, CancellationToken.None);
        return true;
    });
}
