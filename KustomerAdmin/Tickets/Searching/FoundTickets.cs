using System.Linq.Expressions;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>
/// The tickets that match, before they are put in order. Tables are joined by CROSS JOINs, whose order SQLite keeps: it is the order in which they are read.
/// </summary>
/// <param name="driven">Ids that the search begins with; null when it walks.</param>
/// <param name="filter">What else is asked of each; null for nothing.</param>
internal sealed class FoundTickets(AppDbContext db, IQueryable<long>? driven, Expression<Func<Ticket, bool>>? filter)
{
    /// <summary>In no order.</summary>
    public IQueryable<Candidate> All => Matching(Driven ?? db.Tickets.Select(ticket => new Candidate { Id = ticket.Id, Ticket = ticket }));

    /// <summary>To be counted. What an index found is not looked up as long as nothing is asked that only the tickets know.</summary>
    public IQueryable<long> Ids
    {
        get
        {
            if (driven is null || (filter is not null && !Predicate.AsksIdAlone(filter)))
            {
                return All.Select(candidate => candidate.Id);
            }

            var present = Present(driven.Select(id => new Candidate { Id = id }));
            return (filter is null ? present : present.Where(OfCandidate(filter))).Select(candidate => candidate.Id);
        }
    }

    /// <summary>Every ticket that is not deleted matches.</summary>
    private bool IsEverything => driven is null && filter is null;

    private IQueryable<Candidate>? Driven =>
        driven?.SelectMany(_ => db.Tickets, (id, ticket) => new Candidate { Id = id, Ticket = ticket }).Where(candidate => candidate.Ticket.Id == candidate.Id);

    /// <summary>With the metadata that tells their places: read first in a walk, last when the tickets are few.</summary>
    public IQueryable<Candidate> With(IQueryable<TicketMetadata> rows) =>
        Driven is { } few ? Matching(few.SelectMany(_ => rows, (candidate, row) => new Candidate { Id = candidate.Id, Ticket = candidate.Ticket, Row = row }).Where(candidate => candidate.Row.TicketId == candidate.Id))
        : IsEverything ? Present(rows.Select(row => new Candidate { Id = row.TicketId, Row = row }))
        : Matching(rows.SelectMany(_ => db.Tickets, (row, ticket) => new Candidate { Id = row.TicketId, Ticket = ticket, Row = row }).Where(candidate => candidate.Ticket.Id == candidate.Id));

    /// <inheritdoc cref="With(IQueryable{TicketMetadata})"/>
    public IQueryable<Candidate> With(IQueryable<TicketAttributes> attributes) =>
        Driven is { } few ? Matching(few.SelectMany(_ => attributes, (candidate, own) => new Candidate { Id = candidate.Id, Ticket = candidate.Ticket, Attributes = own }).Where(candidate => candidate.Attributes.TicketId == candidate.Id))
        : IsEverything ? Present(attributes.Select(own => new Candidate { Id = own.TicketId, Attributes = own }))
        : Matching(attributes.SelectMany(_ => db.Tickets, (own, ticket) => new Candidate { Id = own.TicketId, Ticket = ticket, Attributes = own }).Where(candidate => candidate.Ticket.Id == candidate.Id));

    /// <inheritdoc cref="With(IQueryable{TicketMetadata})"/>
    public IQueryable<Candidate> With(IQueryable<Customer> customers) => Matching(
        (Driven is { } few ? few.SelectMany(_ => customers, (candidate, customer) => new Candidate { Id = candidate.Id, Ticket = candidate.Ticket, Customer = customer })
            : customers.SelectMany(_ => db.Tickets, (customer, ticket) => new Candidate { Id = ticket.Id, Ticket = ticket, Customer = customer }))
        .Where(candidate => candidate.Ticket.CustomerId == candidate.Customer.Id));

    /// <summary>The few that are gone are known by an index of their own: another table's index is read without a look at the tickets.</summary>
    private IQueryable<Candidate> Present(IQueryable<Candidate> candidates)
    {
        var deleted = db.Tickets.Where(ticket => ticket.DeletedAt != null).Select(ticket => ticket.Id);
        return candidates.Where(candidate => !deleted.Contains(candidate.Id));
    }

    private IQueryable<Candidate> Matching(IQueryable<Candidate> candidates)
    {
        var present = candidates.Where(candidate => candidate.Ticket.DeletedAt == null);
        return filter is null ? present : present.Where(OfCandidate(filter));
    }

    private static Expression<Func<Candidate, bool>> OfCandidate(Expression<Func<Ticket, bool>> filter) =>
        Predicate.OfTicket<Candidate>(filter, candidate => candidate.Id, candidate => candidate.Ticket);
}
