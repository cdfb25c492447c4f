using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Search;

internal enum AttributeKind
{
    /// <summary>Compared as a whole.</summary>
    Text,

    /// <summary>Cut into words.</summary>
    Words,
    List,
    Number,
    Time,
    YesNo,
}

/// <summary>How search reads one attribute of a record. An attribute nobody filled reads as missing.</summary>
internal sealed class SearchAttribute<T>
{
    private SearchAttribute(AttributeKind kind) => Kind = kind;

    public AttributeKind Kind { get; }

    /// <summary>Numbers, times as milliseconds and yes as 1; not a number when missing.</summary>
    public Func<OrganizationStore, T, double> Number { get; private init; } = static (_, _) => double.NaN;

    public Func<OrganizationStore, T, string?> Text { get; private init; } = static (_, _) => null;

    public Func<OrganizationStore, T, string[]> List { get; private init; } = static (_, _) => [];

    public static SearchAttribute<T> OfText(Func<OrganizationStore, T, string?> read) => new(AttributeKind.Text) { Text = read };

    public static SearchAttribute<T> OfWords(Func<OrganizationStore, T, string?> read) => new(AttributeKind.Words) { Text = read };

    public static SearchAttribute<T> OfList(Func<OrganizationStore, T, string[]> read) => new(AttributeKind.List) { List = read };

    public static SearchAttribute<T> OfNumber(Func<OrganizationStore, T, double> read) => new(AttributeKind.Number) { Number = read };

    public static SearchAttribute<T> OfTime(Func<OrganizationStore, T, long?> read) => new(AttributeKind.Time) { Number = (store, item) => read(store, item) ?? double.NaN };

    public static SearchAttribute<T> OfYesNo(Func<OrganizationStore, T, bool> read) => new(AttributeKind.YesNo) { Number = (store, item) => read(store, item) ? 1 : 0 };

    /// <summary>Documented by Kustomer, never filled here.</summary>
    public static SearchAttribute<T> Unfilled(AttributeKind kind) => new(kind);
}
