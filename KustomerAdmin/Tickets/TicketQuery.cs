using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace KustomerAdmin.Tickets;

/// <summary>
/// What the ticket list shows: filters, sort, columns and page. It travels in the address, so a copied link shows the same list;
/// what an address says that cannot be understood is left out.
/// </summary>
public sealed record TicketQuery
{
    public const int PageSize = 50;
    public const int MostColumns = 8;
    private const int LongestText = 500;

    public long? InstanceId { get; init; }

    public string? Status { get; init; }

    public string? Channel { get; init; }

    /// <summary>Part of a subject, or a ticket's id or Kustomer address.</summary>
    public string? Text { get; init; }

    public TicketSort Sort { get; init; } = TicketSort.Updated;

    public bool IsAscending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Keys of the metadata fields shown as columns; null for the list's own choice.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    public bool IsFiltered => InstanceId is not null || Status is not null || Channel is not null || Text is not null;

    public static TicketQuery FromAddress(string address)
    {
        var asked = address.Split('#')[0];
        var query = new QueryCollection(QueryHelpers.ParseQuery(asked.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? asked[mark..] : ""));
        return new TicketQuery
        {
            InstanceId = long.TryParse(query["instance"], NumberStyles.None, CultureInfo.InvariantCulture, out var instance) ? instance : null,
            Status = Word(query["status"]),
            Channel = Word(query["channel"]),
            Text = Word(query["q"]),
            Sort = Enum.TryParse<TicketSort>(query["sort"], ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : TicketSort.Updated,
            IsAscending = string.Equals(query["dir"], "asc", StringComparison.Ordinal),
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1,
            Columns = query.TryGetValue("columns", out var columns)
                ? [.. columns.ToString().Split('~', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).Distinct(StringComparer.Ordinal).Take(MostColumns)]
                : null,
        };
    }

    /// <summary>The list's address; what is at its default is left out.</summary>
    public string ToAddress()
    {
        var query = new QueryBuilder();
        Add("instance", InstanceId?.ToString(CultureInfo.InvariantCulture));
        Add("status", Status);
        Add("channel", Channel);
        Add("q", Text);
        Add("sort", Sort is TicketSort.Updated ? null : Sort.ToString().ToLowerInvariant());
        Add("dir", IsAscending ? "asc" : null);
        Add("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        if (Columns is not null)
        {
            // The sign between two names may be part of one.
            query.Add("columns", string.Join('~', Columns.Select(static name => name.Replace("%", "%25", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal))));
        }

        return "tickets" + query.ToQueryString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(name, value);
            }
        }
    }

    /// <summary>Sorts by a column; a second time the other way round. Starts at the first page again.</summary>
    public TicketQuery SortedBy(TicketSort sort) =>
        this with { Sort = sort, IsAscending = Sort == sort ? !IsAscending : sort is TicketSort.Subject or TicketSort.Status or TicketSort.Instance, Page = 1 };

    private static string? Word(string? value)
    {
        var text = value?.Trim();
        return string.IsNullOrEmpty(text) ? null : text.Length > LongestText ? text[..LongestText] : text;
    }
}
