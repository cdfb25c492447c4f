using KustomerAdmin.Audit;

namespace KustomerAdmin.Tests.Audit;

public sealed class ReadingTheAuditLogTests : IAsyncLifetime
{
    private readonly TestApp _app = TestApp.Start();

    public Task InitializeAsync() => _app.AsAdminAsync<AuditLog, int>(async log =>
    {
        for (var number = 0; number < AuditLog.PageSize + 2; number++)
        {
            await log.WriteAsync(Actor.System, "test", $"{number}", default, null, CancellationToken.None);
        }

        return 0;
    });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData(1, AuditLog.PageSize)]
    [InlineData(0, AuditLog.PageSize)]
    [InlineData(-7, AuditLog.PageSize)]
    [InlineData(2, 2)]
    [InlineData(3, 0)]
    [InlineData(int.MaxValue, 0)]
    public async Task Read_AnyPageNumber_ShowsThatPage(int page, int lines)
    {
        var sheet = await _app.AsAdminAsync<AuditLog, AuditSheet>(log => log.ReadAsync(page, CancellationToken.None));

        sheet.Lines.Count.ShouldBe(lines);
        sheet.Total.ShouldBe(AuditLog.PageSize + 2);
        sheet.Lines.Select(line => line.Id).ShouldBeInOrder(SortDirection.Descending);
    }
}
