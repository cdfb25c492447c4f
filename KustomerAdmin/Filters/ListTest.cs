using System.Linq.Expressions;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Filters;

/// <summary>What a condition asks of a ticket's lists.</summary>
internal static class ListTest
{
    public static Expression<Func<Ticket, bool>> Of(AppDbContext db, FilterCondition condition, string field)
    {
        if (condition.Operator is FilterOperator.AllOf)
        {
            return Predicate.And([.. condition.Values.Select(value => Of(db, condition with { Operator = FilterOperator.AnyOf, Values = [value] }, field))]);
        }

        if (string.Equals(field, OwnField.Tag, StringComparison.Ordinal))
        {
            var tags = Tags(db, condition);
            return ticket => tags.Any(tag => tag.TicketId == ticket.Id);
        }

        var channels = Channels(db, condition);
        return ticket => channels.Any(channel => channel.TicketId == ticket.Id);
    }

    /// <returns>Tickets that the lists' indexes find, each once; null where they do not find any.</returns>
    public static IQueryable<long>? Ids(AppDbContext db, FilterCondition condition, string field)
    {
        if (condition.Operator is not FilterOperator.AnyOf)
        {
            return null;
        }

        var ids = string.Equals(field, OwnField.Tag, StringComparison.Ordinal) ? Tags(db, condition).Select(tag => tag.TicketId) : Channels(db, condition).Select(channel => channel.TicketId);
        return condition.Values.Count == 1 ? ids : ids.Distinct();
    }

    private static IQueryable<TicketTag> Tags(AppDbContext db, FilterCondition condition)
    {
        var values = condition.Values.ToList();
        var first = values.FirstOrDefault();
        return values.Count switch
        {
            0 => db.TicketTags,
            1 => db.TicketTags.Where(tag => tag.TagId == first),
            _ => db.TicketTags.Where(tag => values.Contains(tag.TagId)),
        };
    }

    private static IQueryable<TicketChannel> Channels(AppDbContext db, FilterCondition condition)
    {
        var values = condition.Values.ToList();
        var first = values.FirstOrDefault();
        return values.Count switch
        {
            0 => db.TicketChannels,
            1 => db.TicketChannels.Where(channel => channel.Channel == first),
            _ => db.TicketChannels.Where(channel => values.Contains(channel.Channel)),
        };
    }
}
