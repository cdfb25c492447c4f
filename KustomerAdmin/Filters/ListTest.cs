using System.Linq.Expressions;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Filters;

/// <summary>What a condition asks of a ticket's lists.</summary>
internal static class ListTest
{
    public static Expression<Func<Ticket, bool>> Tags(FilterCondition condition)
    {
        var values = condition.Values.ToList();
        return condition.Operator switch
        {
            FilterOperator.IsNotEmpty => ticket => ticket.Tags.Any(),
            FilterOperator.AllOf => Predicate.And([.. values.Select(HasTag)]),
            _ when values.Count == 1 => HasTag(values[0]),
            _ => ticket => ticket.Tags.Any(tag => values.Contains(tag.TagId)),
        };
    }

    public static Expression<Func<Ticket, bool>> Channels(FilterCondition condition)
    {
        var values = condition.Values.ToList();
        return condition.Operator switch
        {
            FilterOperator.IsNotEmpty => ticket => ticket.Channels.Any(),
            FilterOperator.AllOf => Predicate.And([.. values.Select(HasChannel)]),
            _ when values.Count == 1 => HasChannel(values[0]),
            _ => ticket => ticket.Channels.Any(channel => values.Contains(channel.Channel)),
        };
    }

    private static Expression<Func<Ticket, bool>> HasTag(string value) => ticket => ticket.Tags.Any(tag => tag.TagId == value);

    private static Expression<Func<Ticket, bool>> HasChannel(string value) => ticket => ticket.Channels.Any(channel => channel.Channel == value);
}
