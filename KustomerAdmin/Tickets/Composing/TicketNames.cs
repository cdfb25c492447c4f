using System.Net.Mail;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Tickets.Fetching;

namespace KustomerAdmin.Tickets.Composing;

/// <summary>Puts names to the ids of people and teams.</summary>
internal sealed class TicketNames
{
    private readonly string _customer;
    private readonly string _stranger;
    private readonly IReadOnlyList<string>? _emails;
    private readonly Dictionary<string, string> _names;

    public TicketNames(TicketRecords records)
    {
        _customer = records.Customer.Value?.Name is { Length: > 0 } name ? name : "Customer";
        _emails = records.Customer.Value?.Emails;
        _stranger = records.People.IsUnderWay ? "…" : records.People.Value is null ? "Colleague" : "Former or unknown colleague";
        var people = (records.People.Value ?? []).Select(person => (person.Id, person.Name));
        var teams = (records.Teams.Value ?? []).Select(team => (team.Id, team.Name));
        _names = people.Concat(teams).Where(entry => !string.IsNullOrWhiteSpace(entry.Name)).DistinctBy(entry => entry.Id, StringComparer.Ordinal)
            .ToDictionary(entry => entry.Id, entry => entry.Name!, StringComparer.Ordinal);
    }

    /// <summary>Names instead of the ids in a value such as a list of assigned people.</summary>
    public string Resolve(string text) =>
        string.Join(", ", text.Split(", ").Select(word => _names.GetValueOrDefault(word) ?? word));

    public string AuthorOf(Message message) =>
        !message.IsInbound ? message.CreatedById is { } id ? Person(id) : "Automatic reply"
        : message.From is { } from && IsSomebodyElse(from) ? from
        : _customer;

    public string AuthorOf(Note note) => note.CreatedById is { } id ? Person(id) : "System";

    public string Person(string id) => _names.GetValueOrDefault(id) ?? _stranger;

    /// <summary>Whoever was copied may write in as well. While the customer is not known, and in channels without addresses, it cannot be told.</summary>
    private bool IsSomebodyElse(string from) =>
        _emails is not null && MailAddress.TryCreate(from, out var sender) && !_emails.Contains(sender.Address, StringComparer.OrdinalIgnoreCase);

    /// <returns>Null for a team whose name is not known.</returns>
    public string? Team(string id) => _names.GetValueOrDefault(id);
}
