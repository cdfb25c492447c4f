using System.Globalization;

namespace KustomerAdmin.Fields;

/// <summary>What the Fields page shows, as its address has it.</summary>
public sealed record FieldQuery
{
    public long? InstanceId { get; init; }

    public FieldShow Show { get; init; }

    public string Text { get; init; } = "";

    public FieldSort Sort { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>What an address says that means nothing is as if it said nothing.</summary>
    public static FieldQuery Read(string? instance, string? show, string? text, string? sort, string? order) => new()
    {
        InstanceId = long.TryParse(instance, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
        Show = Enum.TryParse<FieldShow>(show, ignoreCase: true, out var shown) && Enum.IsDefined(shown) ? shown : FieldShow.All,
        Text = text?.Trim() ?? "",
        Sort = Enum.TryParse<FieldSort>(sort, ignoreCase: true, out var sorted) && Enum.IsDefined(sorted) ? sorted : FieldSort.Name,
        IsDescending = string.Equals(order, "desc", StringComparison.Ordinal),
    };

    public string ToAddress()
    {
        var parts = new[]
        {
            InstanceId is { } id ? string.Create(CultureInfo.InvariantCulture, $"instance={id}") : null,
            Show is FieldShow.All ? null : $"show={Show.ToString().ToLowerInvariant()}",
            Text.Length == 0 ? null : $"q={Uri.EscapeDataString(Text)}",
            Sort is FieldSort.Name ? null : $"sort={Sort.ToString().ToLowerInvariant()}",
            IsDescending ? "order=desc" : null,
        }.OfType<string>().ToList();
        return parts.Count == 0 ? "fields" : $"fields?{string.Join('&', parts)}";
    }

    /// <summary>By another column, or the other way round by the same.</summary>
    public FieldQuery SortedBy(FieldSort sort) => this with { Sort = sort, IsDescending = sort == Sort ? !IsDescending : sort is FieldSort.Tickets };

    public bool Matches(FieldLine line) => Show switch
    {
        FieldShow.All => true,
        FieldShow.Custom => line.Key.IsCustom,
        FieldShow.Standard => !line.Key.IsCustom,
        FieldShow.NotStored => line.Storage is Data.Entities.FieldStorage.Excluded,
        FieldShow.Proposed => line.IsProposed,
    } && (Text.Length == 0 || line.DisplayName.Contains(Text, StringComparison.CurrentCultureIgnoreCase) || line.Key.Path.Contains(Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Custom fields first by name; ties go by name.</summary>
    public IEnumerable<FieldLine> InOrder(IEnumerable<FieldLine> lines)
    {
        var byName = lines.OrderByDescending(static line => line.Key.IsCustom).ThenBy(static line => line.DisplayName, StringComparer.CurrentCultureIgnoreCase).ThenBy(static line => line.Key.Path, StringComparer.Ordinal);
        return (Sort, IsDescending) switch
        {
            (FieldSort.Name, false) => byName,
            (FieldSort.Name, true) => byName.Reverse(),
            (FieldSort.Type, false) => byName.OrderBy(static line => line.Key.Type),
            (FieldSort.Type, true) => byName.OrderByDescending(static line => line.Key.Type),
            (FieldSort.Tickets, false) => byName.OrderBy(static line => line.Coverage?.Tickets ?? -1),
            (FieldSort.Tickets, true) => byName.OrderByDescending(static line => line.Coverage?.Tickets ?? -1),
            (FieldSort.Origin, false) => byName.OrderBy(static line => line.Origin),
            (FieldSort.Origin, true) => byName.OrderByDescending(static line => line.Origin),
            (FieldSort.Storage, false) => byName.OrderBy(static line => line.Storage),
            (FieldSort.Storage, true) => byName.OrderByDescending(static line => line.Storage),
            _ => byName,
        };
    }
}

public enum FieldShow
{
    All,
    Custom,
    Standard,
    NotStored,
    Proposed,
}

public enum FieldSort
{
    Name,
    Type,
    Tickets,
    Origin,
    Storage,
}
