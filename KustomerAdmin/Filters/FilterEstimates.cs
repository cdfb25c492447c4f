using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <summary>What part of the tickets meets a condition, about: by statistics, else by counting a little.</summary>
internal sealed class FilterEstimates(AppDbContext db, IReadOnlyDictionary<string, FieldSource> sources, ViewerTime viewer, double tickets)
{
    /// <summary>Counted so far; fewer are known exactly.</summary>
    private const int Probed = 1000;

    /// <summary>The newest tickets that are looked at where only looking tells.</summary>
    private const int Sampled = 2000;

    private const double UsualShare = 0.1;
    private readonly FilterCompiler _compiler = new(db, sources, viewer);
    private readonly FilterDriver _driver = new(db, sources, viewer);
    private readonly Dictionary<FilterNode, double> _shares = new(ReferenceEqualityComparer.Instance);
    private Dictionary<int, FieldSpread> _ofRows = [];
    private Dictionary<string, FieldSpread> _ofColumns = [];

    public async Task LoadAsync(FilterGroup filter, CancellationToken cancellationToken)
    {
        var asked = Conditions(filter).Select(condition => sources[condition.Field]).ToList();
        var fieldIds = asked.Where(source => source.IsRows).SelectMany(source => source.Rows).Select(row => row.Id).Distinct().ToList();
        if (fieldIds.Count > 0)
        {
            _ofRows = (await db.FieldStatistics.AsNoTracking().Where(statistics => fieldIds.Contains(statistics.FieldId)).ToListAsync(cancellationToken))
                .ToDictionary(statistics => statistics.FieldId, FieldSpread.Of);
        }

        var columns = asked.Where(source => !source.IsRows).Select(source => source.Field.Key).Distinct(StringComparer.Ordinal).ToList();
        if (columns.Count > 0)
        {
            _ofColumns = (await db.ColumnStatistics.AsNoTracking().Where(statistics => columns.Contains(statistics.Key)).ToListAsync(cancellationToken))
                .ToDictionary(statistics => statistics.Key, FieldSpread.Of, StringComparer.Ordinal);
        }
    }

    public async Task<double> ShareAsync(FilterNode node, CancellationToken cancellationToken)
    {
        if (!_shares.TryGetValue(node, out var share))
        {
            _shares[node] = share = Math.Clamp(await EstimateAsync(node, cancellationToken), 0, 1);
        }

        return share;
    }

    /// <summary>Entries of indexes and rows that a driver reads to find its tickets, beyond the ones it finds.</summary>
    public double ScannedBy(FilterNode part) => Conditions(part).Sum(Scanned);

    private async Task<double> EstimateAsync(FilterNode node, CancellationToken cancellationToken)
    {
        if (node is FilterGroup group)
        {
            var product = 1.0;
            foreach (var part in group.Parts)
            {
                var share = await ShareAsync(part, cancellationToken);
                product *= group.IsAny ? 1 - share : share;
            }

            return group.IsAny && group.Parts.Count > 0 ? 1 - product : product;
        }

        var condition = _compiler.Normal((FilterCondition)node);
        FilterOperator? opposite = condition.Operator switch
        {
            FilterOperator.IsNot => FilterOperator.Is,
            FilterOperator.NoneOf => FilterOperator.AnyOf,
            FilterOperator.IsEmpty => FilterOperator.IsNotEmpty,
            _ => null,
        };
        return opposite is { } asked ? 1 - await EstimateAsync(condition with { Operator = asked }, sources[condition.Field], cancellationToken)
            : await EstimateAsync(condition, sources[condition.Field], cancellationToken);
    }

    private async Task<double> EstimateAsync(FilterCondition condition, FieldSource source, CancellationToken cancellationToken)
    {
        var isPattern = condition.Operator is FilterOperator.Contains or FilterOperator.StartsWith;
        if (!isPattern && source.IsRows && source.Rows.Count > 0 && source.Rows.All(row => _ofRows.ContainsKey(row.Id)))
        {
            return source.Rows.Sum(row => SpreadEstimate.Of(condition, FieldSource.TypeOf(row.Type), _ofRows[row.Id], viewer)) / tickets;
        }

        if (!isPattern && _ofColumns.TryGetValue(source.Field.Key, out var column))
        {
            return SpreadEstimate.Of(condition, source.Field.Type, column, viewer) / tickets;
        }

        if (source.Field.Key is OwnField.Id)
        {
            return 1 / tickets;
        }

        if (isPattern || !IsIndexed(source))
        {
            var found = await db.Tickets.Where(ticket => ticket.DeletedAt == null).OrderByDescending(ticket => ticket.UpdatedAt).ThenByDescending(ticket => ticket.Id).Take(Sampled)
                .CountAsync(_compiler.Compile(condition)!, cancellationToken);
            return found / Math.Min(Sampled, tickets);
        }

        if (_driver.Find(condition) is not { } matching)
        {
            return UsualShare;
        }

        var counted = await matching.Take(Probed).CountAsync(cancellationToken);
        return counted < Probed ? counted / tickets : Math.Max(UsualShare, counted / tickets);
    }

    private double Scanned(FilterCondition condition)
    {
        var source = sources[condition.Field];
        return !IsIndexed(source) ? tickets * 2
            : condition.Operator is not (FilterOperator.Contains or FilterOperator.StartsWith) ? 0
            : source.Column is not null ? tickets
            : source.Rows.Sum(row => _ofRows.TryGetValue(row.Id, out var spread) ? spread.Tickets : tickets);
    }

    private bool IsIndexed(FieldSource source) => source.Table != typeof(TicketAttributes) || StoredTexts.IsIndexed<TicketAttributes>(db, source.Column!);

    private static IEnumerable<FilterCondition> Conditions(FilterNode node) => node is FilterGroup group ? group.Parts.SelectMany(Conditions) : [(FilterCondition)node];
}
