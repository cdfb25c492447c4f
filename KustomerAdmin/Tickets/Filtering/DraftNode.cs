using KustomerAdmin.Filters;

namespace KustomerAdmin.Tickets.Filtering;

/// <summary>A part of a <see cref="FilterDraft"/>.</summary>
public abstract class DraftNode
{
    /// <summary>Null for the root and for what was taken out.</summary>
    public DraftGroup? Parent { get; internal set; }
}

public sealed class DraftGroup : DraftNode
{
    public bool IsAny { get; set; }

    public List<DraftNode> Parts { get; } = [];

    /// <summary>0 for the root.</summary>
    public int Depth => Parent is null ? 0 : Parent.Depth + 1;

    internal void Put(int index, DraftNode node)
    {
        node.Parent = this;
        Parts.Insert(index, node);
    }

    internal void Take(DraftNode node)
    {
        Parts.Remove(node);
        node.Parent = null;
    }
}

public sealed class DraftCondition : DraftNode
{
    /// <summary>Null until one is chosen.</summary>
    public string? Field { get; private set; }

    /// <summary>What was typed to find one.</summary>
    public string Sought { get; set; } = "";

    public FilterOperator Operator { get; private set; }

    public IReadOnlyList<string> Values { get; set; } = [];

    /// <summary>What keeps it from being asked, once somebody tried to apply it.</summary>
    public string? Problem { get; set; }

    /// <summary>Keeps operator and values where the other field's type has them too.</summary>
    public void Choose(FilterField field, FilterField? before)
    {
        (Field, Sought) = (field.Key, "");
        if (before?.Type != field.Type)
        {
            (Operator, Values) = (OperatorChoices.DefaultOf(field.Type), OperatorChoices.DefaultValuesOf(field.Type));
        }
        else if (!string.Equals(before.Key, field.Key, StringComparison.Ordinal) && field.Type is FilterFieldType.Choice or FilterFieldType.List)
        {
            Values = [];
        }

        Problem = null;
    }

    /// <summary>Keeps the values where the other operator takes the same.</summary>
    public void Ask(FilterOperator asked, FilterFieldType type)
    {
        var (before, after) = (OperatorChoices.ShapeOf(Operator, type), OperatorChoices.ShapeOf(asked, type));
        Operator = asked;
        Values = before == after ? Values
            : (before, after) is (ValueShape.One, ValueShape.Several) or (ValueShape.One, ValueShape.Two) ? [.. Values.Take(1)]
            : (before, after) is (ValueShape.Several, ValueShape.One) or (ValueShape.Two, ValueShape.One) ? [.. Values.Take(1)]
            : after is ValueShape.Rolling ? [OperatorChoices.DefaultPeriod]
            : [];
        Problem = null;
    }

    internal void Set(FilterCondition condition) => (Field, Operator, Values) = (condition.Field, condition.Operator, condition.Values);
}
