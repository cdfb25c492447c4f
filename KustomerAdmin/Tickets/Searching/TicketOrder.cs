using System.Linq.Expressions;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>
/// The list in the order of one field: tickets with a value by it, then those without one, whichever way it is sorted. Equal values follow each other by what
/// the index has after the value, in the end by the ticket's id, so that pages add up.
/// </summary>
internal sealed class TicketOrder(AppDbContext db, FoundTickets found, FieldSource source, bool isAscending)
{
    private static readonly Expression<Func<Candidate, Ticket>> s_ticket = candidate => candidate.Ticket;
    private static readonly Expression<Func<Candidate, TicketMetadata>> s_row = candidate => candidate.Row;
    private static readonly Expression<Func<Candidate, TicketAttributes>> s_attributes = candidate => candidate.Attributes;
    private static readonly Expression<Func<Candidate, Customer>> s_customer = candidate => candidate.Customer;
    private static readonly Expression<Func<Candidate, long>> s_id = candidate => candidate.Id;
    private static readonly Expression<Func<Candidate, long>> s_customerId = candidate => candidate.Customer.Id;
    private static readonly Expression<Func<Candidate, DateTimeOffset>> s_updated = candidate => candidate.Ticket.UpdatedAt;

    public async Task<IReadOnlyList<Stretch>> StretchesAsync(CancellationToken cancellationToken) => source switch
    {
        { Field.Key: OwnField.Instance } => await ByInstanceAsync(cancellationToken),
        { Column: null } => ByRows(),
        _ when source.Table == typeof(TicketAttributes) => ByAttribute(source.Column!),
        _ when source.Table == typeof(Customer) => ByCustomer(source.Column!),
        _ => ByColumn(source.Column!),
    };

    private IReadOnlyList<Stretch> ByColumn(LambdaExpression column)
    {
        LambdaExpression[] after = source.Field.Key is OwnField.Status or OwnField.Direction ? [s_updated, s_id] : [s_id];
        var key = Predicate.Then(s_ticket, column);
        if (!IsNullable(column))
        {
            return [New(found.All, [key, .. after])];
        }

        return [New(found.All.Where(HasValue<Candidate>(key)), [key, .. after]), New(found.All.Where(Predicate.Not(HasValue<Candidate>(key))), after)];
    }

    /// <summary>One instance after the other, each with its newest tickets first.</summary>
    private async Task<IReadOnlyList<Stretch>> ByInstanceAsync(CancellationToken cancellationToken)
    {
        var instances = (await db.Instances.Select(instance => new { instance.Id, instance.Name }).ToListAsync(cancellationToken))
            .OrderBy(instance => instance.Name, StringComparer.Ordinal).Select(instance => instance.Id).ToList();
        return
        [
            .. (isAscending ? instances : Enumerable.Reverse(instances))
                .Select(id => new Stretch([found.All.Where(candidate => candidate.Ticket.InstanceId == id)], [s_updated, s_id], IsAscending: false)),
        ];
    }

    private IReadOnlyList<Stretch> ByCustomer(LambdaExpression column)
    {
        var customers = db.Customers.Where(HasValue<Customer>(column));
        return
        [
            New(found.With(customers), [Predicate.Then(s_customer, column), s_customerId, s_id]),
            New(found.All.Where(candidate => !customers.Any(customer => customer.Id == candidate.Ticket.CustomerId)), [s_id]),
        ];
    }

    private IReadOnlyList<Stretch> ByAttribute(LambdaExpression column)
    {
        var attributes = db.TicketAttributes.Where(HasValue<TicketAttributes>(column));
        return
        [
            New(found.With(attributes), [Predicate.Then(s_attributes, column), s_id]),
            New(found.All.Where(candidate => !attributes.Any(own => own.TicketId == candidate.Id)), [s_id]),
        ];
    }

    /// <summary>By the values of the field's type; a value of another type has no place among them and comes with the tickets that have none.</summary>
    private IReadOnlyList<Stretch> ByRows()
    {
        LambdaExpression column = source.Field.Type switch
        {
            FilterFieldType.Text => (Expression<Func<TicketMetadata, string?>>)(row => row.TextValue),
            FilterFieldType.Date => (Expression<Func<TicketMetadata, DateTimeOffset?>>)(row => row.DateValue),
            _ => (Expression<Func<TicketMetadata, double?>>)(row => row.NumberValue),
        };
        var fieldIds = source.Rows.Select(row => row.Id).ToList();
        return
        [
            new Stretch([.. fieldIds.Select(id => found.With(Valued([id])))], [Predicate.Then(s_row, column), s_id], isAscending),
            New(found.All.Where(Lacks(Valued(fieldIds))), [s_id]),
        ];

        IQueryable<TicketMetadata> Valued(IReadOnlyList<int> ids) => db.TicketMetadata.Where(RowTest.OfFields(ids)).Where(HasValue<TicketMetadata>(column));
    }

    private Stretch New(IQueryable<Candidate> rows, IReadOnlyList<LambdaExpression> keys) => new([rows], keys, isAscending);

    private static Expression<Func<Candidate, bool>> Lacks(IQueryable<TicketMetadata> rows) => candidate => !rows.Any(row => row.TicketId == candidate.Id);

    private static bool IsNullable(LambdaExpression column) =>
        column.Body is not UnaryExpression && (!column.Body.Type.IsValueType || Nullable.GetUnderlyingType(column.Body.Type) is not null);

    private static Expression<Func<T, bool>> HasValue<T>(LambdaExpression column) =>
        Expression.Lambda<Func<T, bool>>(Expression.NotEqual(column.Body, Expression.Constant(null, column.Body.Type)), column.Parameters);
}
