using KustomerAdmin.Fields;

namespace KustomerAdmin.Sync.Storing;

/// <summary>Takes out of a page what an admin excluded or has not decided about, before it reaches hash and rows.</summary>
internal static class StoredParts
{
    public static List<MappedTicket> Of(List<MappedTicket> tickets, FieldCatalog catalog)
    {
        if (catalog.IsEverythingStored)
        {
            return tickets;
        }

        var columns = StandardColumn.All.Where(column => !catalog.IsStored(column.Key.Path)).ToList();
        var hasSubject = catalog.IsStored(TicketFields.Subject);
        return tickets.ConvertAll(ticket =>
        {
            columns.ForEach(column => column.Clear(ticket.Attributes));
            return ticket with { Subject = hasSubject ? ticket.Subject : null, Values = [.. ticket.Values.Where(value => catalog.IsStored(value.Field.Path))] };
        });
    }
}
