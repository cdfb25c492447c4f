using KustomerAdmin.Data;
using KustomerAdmin.Data.Configurations;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync.Statistics;

/// <summary>
/// How to measure the fields that are columns or hang on a ticket. Not the subject: hardly two are equal, and it may hold personal data. Not what has no
/// index: there is nothing to choose then, and a million values would have to be sorted.
/// </summary>
internal static class ColumnMeasures
{
    public static readonly IReadOnlyList<(string Key, Func<AppDbContext, CancellationToken, Task<Measured>> MeasureAsync)> All =
    [
        ("status", static (db, cancellation) => ValueMeasure.OfTextsAsync(Present(db).Select(ticket => ticket.Status), cancellation)),
        ("channel", static (db, cancellation) => ValueMeasure.OfTextsAsync(db.TicketChannels.Select(channel => channel.Channel), cancellation)),
        ("tag", static (db, cancellation) => ValueMeasure.OfTextsAsync(db.TicketTags.Select(tag => tag.TagId), cancellation)),
        ("priority", static (db, cancellation) => ValueMeasure.OfWholeNumbersAsync(Present(db).Select(ticket => ticket.Priority), cancellation)),
        ("messageCount", static (db, cancellation) => ValueMeasure.OfWholeNumbersAsync(Present(db).Select(ticket => ticket.MessageCount), cancellation)),
        ("noteCount", static (db, cancellation) => ValueMeasure.OfWholeNumbersAsync(Present(db).Select(ticket => ticket.NoteCount), cancellation)),
        ("customerConversations", static (db, cancellation) => ValueMeasure.OfWholeNumbersAsync(Present(db).Select(ticket => ticket.Customer!.ConversationCount), cancellation)),
        ("createdAt", static (db, cancellation) => ValueMeasure.OfDatesAsync(Present(db).Select(ticket => ticket.CreatedAt), cancellation)),
        ("updatedAt", static (db, cancellation) => ValueMeasure.OfDatesAsync(Present(db).Select(ticket => (DateTimeOffset?)ticket.UpdatedAt), cancellation)),
        ("lastActivityAt", static (db, cancellation) => ValueMeasure.OfDatesAsync(Present(db).Select(ticket => ticket.LastActivityAt), cancellation)),
        .. StandardColumn.All.Select(static column => (column.Key, Column: StandardColumn.PropertyOf(column.Key.Path)))
            .Where(static column => TicketAttributesConfiguration.Indexed.Contains(column.Column, StringComparer.Ordinal)).Select(static column => (column.Key.Path, Of(column.Column, column.Key.Type))),
    ];

    private static IQueryable<Ticket> Present(AppDbContext db) => db.Tickets.Where(ticket => ticket.DeletedAt == null);

    private static Func<AppDbContext, CancellationToken, Task<Measured>> Of(string column, MetadataType type) => type switch
    {
        MetadataType.Text => (db, cancellation) => ValueMeasure.OfTextsAsync(db.TicketAttributes.Select(attributes => EF.Property<string?>(attributes, column)), cancellation),
        MetadataType.Number => (db, cancellation) => ValueMeasure.OfNumbersAsync(db.TicketAttributes.Select(attributes => EF.Property<double?>(attributes, column)), cancellation),
        MetadataType.Date => (db, cancellation) => ValueMeasure.OfDatesAsync(db.TicketAttributes.Select(attributes => EF.Property<DateTimeOffset?>(attributes, column)), cancellation),
        MetadataType.Boolean => (db, cancellation) => ValueMeasure.OfTruthsAsync(db.TicketAttributes.Select(attributes => EF.Property<bool?>(attributes, column)), cancellation),
    };
}
