using System.Globalization;
using System.Linq.Expressions;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <summary>The different texts of one field. An index is asked for one after the other, so that a value that half of the tickets have is read once.</summary>
internal sealed class StoredTexts
{
    /// <summary>The newest tickets, where a field has no index.</summary>
    private const int Newest = 2000;

    /// <summary>Each in an index by itself: over the rows of two fields no index has one order.</summary>
    private readonly IReadOnlyList<IQueryable<string>> _parts;
    private readonly bool _isIndexed;

    private StoredTexts(IReadOnlyList<IQueryable<string>> parts, bool isIndexed)
    {
        _parts = parts;
        _isIndexed = isIndexed;
    }

    /// <returns>Null for a field without texts.</returns>
    public static StoredTexts? Of(AppDbContext db, FieldSource source)
    {
        if (source.Field.Type is FilterFieldType.List)
        {
            return new StoredTexts([source.Field.Key is OwnField.Tag ? db.TicketTags.Select(tag => tag.TagId) : db.TicketChannels.Select(channel => channel.Channel)], isIndexed: true);
        }

        var present = db.Tickets.Where(ticket => ticket.DeletedAt == null);
        switch (source.Column)
        {
            case null when source.Rows.Any(row => row.Type is MetadataType.Text):
                var fields = source.Rows.Where(row => row.Type is MetadataType.Text).Select(row => db.TicketMetadata.Where(RowTest.OfFields([row.Id])));
                return new StoredTexts([.. fields.Select(rows => rows.Where(row => row.TextValue != null).Select(row => row.TextValue!))], isIndexed: true);
            case Expression<Func<Ticket, string?>> column:
                return new StoredTexts([present.Select(column).Where(text => text != null).Select(text => text!)], IsIndexed<Ticket>(db, column));
            case LambdaExpression column when source.Table == typeof(TicketAttributes) && column.Body.Type == typeof(string):
                var ofAttributes = (Expression<Func<TicketAttributes, string?>>)column;
                var isIndexed = IsIndexed<TicketAttributes>(db, column);
                var newest = present.OrderByDescending(ticket => ticket.UpdatedAt).ThenByDescending(ticket => ticket.Id).Take(Newest);
                var attributes = isIndexed ? db.TicketAttributes : newest.Join(db.TicketAttributes, ticket => ticket.Id, own => own.TicketId, (_, own) => own);
                return new StoredTexts([attributes.Select(ofAttributes).Where(text => text != null).Select(text => text!)], isIndexed);
            default:
                return null;
        }
    }

    /// <summary>
    /// In their order. Letters are taken as typed, and as a word or a code begins: small, with a capital, in capitals. Not what the index may have no more than a beginning of:
    /// no value is equal to that.
    /// </summary>
    public async Task<IReadOnlyList<string>> BeginningWithAsync(string text, int most, CancellationToken cancellationToken)
    {
        if (!_isIndexed)
        {
            return [.. (await _parts[0].Distinct().ToListAsync(cancellationToken)).Where(value => value.StartsWith(text, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.OrdinalIgnoreCase).Take(most)];
        }

        List<string> found = [];
        foreach (var beginning in new[] { text, text.ToLowerInvariant(), CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text), text.ToUpperInvariant() }.Distinct(StringComparer.Ordinal))
        {
            await WalkAsync(beginning, found, most, cancellationToken);
        }

        return [.. found.Where(value => value.Length < TicketMetadata.IndexedTextLength)];
    }

    /// <summary>All parts at once, always on in the one that is behind: whatever a database takes for the order, none of its values is passed over.</summary>
    private async Task WalkAsync(string beginning, List<string> found, int most, CancellationToken cancellationToken)
    {
        List<string?> next = [];
        foreach (var part in _parts)
        {
            next.Add(await LeastAsync(part.Where(value => string.Compare(value, beginning) >= 0), cancellationToken));
        }

        while (found.Count < most && next.Where(value => value?.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) is true).Min(StringComparer.Ordinal) is { } least)
        {
            if (!found.Contains(least, StringComparer.Ordinal))
            {
                found.Add(least);
            }

            for (var place = 0; place < next.Count; place++)
            {
                if (string.Equals(next[place], least, StringComparison.Ordinal))
                {
                    next[place] = await LeastAsync(_parts[place].Where(other => string.Compare(other, least) > 0), cancellationToken);
                }
            }
        }
    }

    private static Task<string?> LeastAsync(IQueryable<string> texts, CancellationToken cancellationToken) => texts.OrderBy(text => text).FirstOrDefaultAsync(cancellationToken);

    internal static bool IsIndexed<T>(AppDbContext db, LambdaExpression column) =>
        column.Body is MemberExpression { Member.Name: var name } && db.Model.FindEntityType(typeof(T))!.GetIndexes().Any(index => string.Equals(index.Properties[0].Name, name, StringComparison.Ordinal));
}
