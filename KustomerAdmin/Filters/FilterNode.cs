namespace KustomerAdmin.Filters;

/// <summary>A filter is a tree: groups that join with AND or OR, conditions as their leaves.</summary>
public abstract record FilterNode;

/// <summary>Parts joined with OR (<paramref name="IsAny"/>) or AND. A group without parts asks nothing: alone it matches every ticket, within another one it is as if it were not there.</summary>
public sealed record FilterGroup(bool IsAny, IReadOnlyList<FilterNode> Parts) : FilterNode
{
    public static readonly FilterGroup Everything = new(false, []);

    public bool IsEmpty => Parts.Count == 0;

    /// <summary>By its parts, where a record would compare the lists by reference.</summary>
    public bool Equals(FilterGroup? other) => other is not null && IsAny == other.IsAny && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(IsAny.GetHashCode(), HashCode.Combine);
}

/// <summary>One condition on one field.</summary>
/// <param name="Field">Key of the field, as <see cref="FilterField.Key"/> has it; it may name a field that is no longer stored.</param>
/// <param name="Values">As many as the operator takes, in invariant form: numbers with a point, dates as <c>yyyy-MM-dd</c> in the viewer's zone or with time, <c>true</c> and <c>false</c>.</param>
public sealed record FilterCondition(string Field, FilterOperator Operator, IReadOnlyList<string> Values) : FilterNode
{
    public bool Equals(FilterCondition? other) => other is not null && string.Equals(Field, other.Field, StringComparison.Ordinal) && Operator == other.Operator && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    public override int GetHashCode() => Values.Aggregate(HashCode.Combine(Field, Operator), HashCode.Combine);
}

/// <summary>What a condition asks. The names stand in addresses and saved filters; do not rename one.</summary>
public enum FilterOperator
{
    /// <summary>Equal to the one value, or to one of several: text, number, yes/no, date (that day), list.</summary>
    Is,

    /// <summary>None of the values; a ticket without the field matches.</summary>
    IsNot,

    /// <summary>Text only, letters of either case.</summary>
    Contains,

    /// <summary>Text only, letters of either case.</summary>
    StartsWith,

    IsEmpty,

    IsNotEmpty,

    /// <summary>Lists and tags: at least one of the values.</summary>
    AnyOf,

    /// <summary>Lists and tags: every one of the values.</summary>
    AllOf,

    /// <summary>Lists and tags: not one of the values.</summary>
    NoneOf,

    /// <summary>Number below, or date before.</summary>
    LessThan,

    AtMost,

    /// <summary>Number above, or date after.</summary>
    MoreThan,

    AtLeast,

    /// <summary>Both ends included; a day as upper end means to its end.</summary>
    Between,

    /// <summary>Date within the last n days, weeks or months of the viewer, today included: <c>7 days</c>.</summary>
    InTheLast,

    /// <summary>Date longer ago than that.</summary>
    NotInTheLast,

    /// <summary>Date within the next n days, weeks or months, today included.</summary>
    InTheNext,
}
