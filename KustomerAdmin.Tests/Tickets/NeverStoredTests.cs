using System.Text;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;

namespace KustomerAdmin.Tests.Tickets;

/// <summary>The emulator marks every text of a message, note, preview and file. After a day's work none of the marks may be on the disk or in the log.</summary>
public sealed class NeverStoredTests : IClassFixture<SyncedPlace>
{
    private static readonly string[] s_marks = ["msgtext-", "notetext-", "previewtext-", "filetext-"];

    private readonly SyncedPlace _synced;

    public NeverStoredTests(SyncedPlace synced) => _synced = synced;

    [Fact]
    public async Task Work_OfADay_LeavesNoTextOfTicketsAndNoKeyBehind()
    {
        var seen = new StringBuilder();
        using var browser = await _synced.App.OpenBrowserAsync();
        string[] opened = [_synced.Place.Acme.ShowcaseConversationId, .. _synced.Place.Acme.ConversationIds.Skip(200).Take(10)];
        foreach (var id in opened)
        {
            var ticket = await _synced.FindAsync(id);
            var view = await _synced.App.AsAdminAsync<TicketViewer, TicketView>(viewer => viewer.OpenAsync(ticket, new TicketMeter(TimeProvider.System), null, CancellationToken.None));
            foreach (var item in view.Timeline)
            {
                seen.Append(item.Text);
                foreach (var attachment in item.Attachments)
                {
                    using var file = await browser.GetAsync(attachment.Address);
                    seen.Append(await file.Content.ReadAsStringAsync());
                }
            }

            seen.Append(view.Conversation.Value?.Attributes.GetRawText());
        }

        var files = _synced.App.FilesOnDisk().ToList();
        var log = string.Join('\n', _synced.App.Log.All);

        s_marks.ShouldAllBe(mark => seen.ToString().Contains(mark), "the marks went through the console");
        files.Select(file => file.File).ShouldContain("kustomeradmin.db-wal");
        string[] forbidden = [.. s_marks, _synced.Place.Acme.Keys.ReadOnly, _synced.Place.Globex.Keys.ReadOnly];
        foreach (var secret in forbidden)
        {
            files.Where(file => Holds(file.Content, Encoding.UTF8.GetBytes(secret)) || Holds(file.Content, Encoding.Unicode.GetBytes(secret))).Select(file => file.File).ShouldBeEmpty(secret[..8]);
            log.Contains(secret, StringComparison.Ordinal).ShouldBeFalse(secret[..8]);
        }
    }

    private static bool Holds(byte[] content, byte[] secret) => content.AsSpan().IndexOf(secret) >= 0;
}
