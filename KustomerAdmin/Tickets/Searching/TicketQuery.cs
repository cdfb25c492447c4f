using System.Globalization;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Missing;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>
/// What the ticket list shows: filter, sort, columns, page and sample. It travels in the address, so a copied link shows the same list;
/// what an address says that cannot be understood is left out.
/// </summary>
public sealed record TicketQuery
{
    public const int PageSize = 50;
    public const int MostColumns = 30;

    /// <summary>Rows further down are for an export, or for a narrower filter.</summary>
    public const int MostPages = 2000;
    public const string DefaultSort = "updatedAt";

    /// <summary>Names that addresses had before sorts were called by their fields.</summary>
    private static readonly Dictionary<string, string> s_oldSorts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["updated"] = "updatedAt", ["created"] = "createdAt", ["activity"] = "lastActivityAt", ["messages"] = "messageCount", ["conversations"] = "customerConversations",
    };

    public FilterGroup Filter { get; init; } = FilterGroup.Everything;

    /// <summary>Key of the field sorted by.</summary>
    public string SortKey { get; init; } = DefaultSort;

    public bool IsAscending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Keys of the fields shown as columns, in their order; null for the list's own choice.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>A few tickets by chance instead of all that match; they come in the order that is sorted by.</summary>
    public TicketSample? Sample { get; init; }

    public static TicketQuery FromAddress(string address)
    {
        var asked = address.Split('#')[0];
        var query = QueryHelpers.ParseQuery(asked.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? asked[mark..] : "");
        var filter = FilterText.Parse(query.TryGetValue("filter", out var text) ? text.ToString() : null);
        FilterNode?[] asOnce =
        [
            Condition(OwnField.Instance, FilterOperator.Is, long.TryParse(Value("instance"), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? Value("instance") : null),
            Condition(OwnField.Status, FilterOperator.Is, Value("status")),
            Condition(OwnField.Channel, FilterOperator.AnyOf, Value("channel")),
            Found(Value("q")),
        ];
        List<FilterNode> older = [.. asOnce.OfType<FilterNode>()];
        return new TicketQuery
        {
            Filter = older.Count == 0 ? filter : new FilterGroup(false, filter.IsEmpty ? older : [filter, .. older]),
            SortKey = Value("sort") is { Length: <= 200 } sort ? s_oldSorts.GetValueOrDefault(sort) ?? sort : DefaultSort,
            IsAscending = string.Equals(Value("dir"), "asc", StringComparison.Ordinal),
            Page = int.TryParse(Value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, MostPages) : 1,
            Columns = query.TryGetValue("columns", out var columns)
                ? [.. columns.ToString().Split('~', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).Distinct(StringComparer.Ordinal).Take(MostColumns)]
                : null,
            Sample = TicketSample.Read(Value("sample")),
        };

        string? Value(string name) => query.TryGetValue(name, out var values) && values.ToString().Trim() is { Length: > 0 } word ? word : null;
    }

    /// <summary>The list's address; what is at its default is left out.</summary>
    public string ToAddress()
    {
        var query = new QueryBuilder();
        Add("filter", FilterText.Format(Filter));
        Add("sort", string.Equals(SortKey, DefaultSort, StringComparison.Ordinal) ? null : SortKey);
        Add("dir", IsAscending ? "asc" : null);
        Add("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        if (Columns is not null)
        {
            // The sign between two names may be part of one.
            query.Add("columns", string.Join('~', Columns.Select(static name => name.Replace("%", "%25", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal))));
        }

        Add("sample", Sample?.ToString());
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
    public TicketQuery SortedBy(FilterField field) => this with
    {
        SortKey = field.Key,
        IsAscending = string.Equals(SortKey, field.Key, StringComparison.Ordinal) ? !IsAscending : field.Type is FilterFieldType.Text or FilterFieldType.Choice,
        Page = 1,
    };

    /// <summary>In the order that it has in truth: by what is not stored, or has no order, nothing is sorted, and the newest come first.</summary>
    public TicketQuery InOrder(IReadOnlyList<FilterField> fields) => InOrder(fields.FirstOrDefault(field => string.Equals(field.Key, SortKey, StringComparison.Ordinal)));

    /// <param name="sorted">The field of <see cref="SortKey"/>; null when there is none.</param>
    internal TicketQuery InOrder(FilterField? sorted) => sorted is { HasOrder: true } ? this : this with { SortKey = DefaultSort, IsAscending = false };

    /// <summary>What somebody types to find a ticket: its id, its Kustomer address, or a part of its subject.</summary>
    public static FilterCondition? Found(string? typed) =>
        typed?.Trim() is not { Length: > 0 } text ? null
        : TicketReference.TryParse(text, out var ticket) ? new FilterCondition(OwnField.Id, FilterOperator.Is, [ticket.KustomerId])
        : Condition("subject", FilterOperator.Contains, text);

    private static FilterCondition? Condition(string field, FilterOperator asked, string? value) =>
        value is null ? null : new FilterCondition(field, asked, [value.Length > FilterText.LongestValue ? value[..FilterText.LongestValue] : value]);
}
