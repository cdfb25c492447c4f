using KustomerAdmin.Filters;

namespace KustomerAdmin.Tickets.Filtering;

/// <summary>A part of the draft and which of its elements.</summary>
public sealed record DraftFocus(DraftNode Node, DraftFocusOn On = DraftFocusOn.Node);

public enum DraftFocusOn
{
    Node,
    Up,
    Down,
}

/// <summary>A filter while somebody builds it: a tree that is changed in place and may be unfinished.</summary>
public sealed class FilterDraft
{
    private FilterDraft()
    {
    }

    public DraftGroup Root { get; } = new();

    /// <summary>What the focus goes to after the next rendering; whoever takes it there sets it back.</summary>
    public DraftFocus? Focus { get; set; }

    public IEnumerable<DraftCondition> Conditions => ConditionsOf(Root);

    /// <summary>The part itself, or those in it.</summary>
    public static IEnumerable<DraftCondition> ConditionsOf(DraftNode part) =>
        part switch { DraftGroup group => group.Parts.SelectMany(ConditionsOf), DraftCondition condition => [condition], _ => [] };

    /// <param name="typeOf">Type of a field by its key; null for one that is not known.</param>
    public static FilterDraft Of(FilterGroup filter, Func<string, FilterFieldType?> typeOf)
    {
        var draft = new FilterDraft();
        draft.Root.IsAny = filter.IsAny;
        draft.Fill(draft.Root, filter, typeOf);
        return draft;
    }

    /// <summary>Without conditions whose field is not chosen yet, and without what is empty then.</summary>
    public FilterGroup ToFilter() => new(Root.IsAny, PartsOf(Root));

    public void AddCondition(DraftGroup group)
    {
        var condition = new DraftCondition();
        group.Put(group.Parts.Count, condition);
        Focus = new DraftFocus(condition);
    }

    /// <summary>A group joins its parts the other way than the one it stands in: the same way would say nothing new.</summary>
    public void AddGroup(DraftGroup group)
    {
        var added = new DraftGroup { IsAny = !group.IsAny };
        group.Put(group.Parts.Count, added);
        AddCondition(added);
    }

    /// <summary>The focus goes to what takes its place.</summary>
    public void Remove(DraftNode node)
    {
        if (node.Parent is not { } group)
        {
            return;
        }

        var index = group.Parts.IndexOf(node);
        group.Take(node);
        Focus = new DraftFocus(group.Parts.Count == 0 ? group : group.Parts[Math.Min(index, group.Parts.Count - 1)]);
    }

    public void Duplicate(DraftNode node)
    {
        if (node.Parent is not { } group)
        {
            return;
        }

        var copy = CopyOf(node);
        group.Put(group.Parts.IndexOf(node) + 1, copy);
        Focus = new DraftFocus(copy);
    }

    public void Clear()
    {
        Root.Parts.Clear();
        Focus = new DraftFocus(Root);
    }

    public bool CanMove(DraftNode node, bool isUp) => node.Parent is { } group && (group.Parent is not null || (isUp ? group.Parts[0] != node : group.Parts[^1] != node));

    /// <summary>One place on, as the parts are read: past a condition, into a group and out of one.</summary>
    public void Move(DraftNode node, bool isUp)
    {
        if (!CanMove(node, isUp))
        {
            return;
        }

        var group = node.Parent!;
        var index = group.Parts.IndexOf(node);
        var next = index + (isUp ? -1 : 1);
        group.Take(node);
        if (next < 0 || next > group.Parts.Count)
        {
            group.Parent!.Put(group.Parent.Parts.IndexOf(group) + (isUp ? 0 : 1), node);
        }
        else if (node is DraftCondition && group.Parts[isUp ? next : index] is DraftGroup neighbour)
        {
            neighbour.Put(isUp ? neighbour.Parts.Count : 0, node);
        }
        else
        {
            group.Put(next, node);
        }

        // Who moves something often moves it further; at the end there is only the way back.
        Focus = new DraftFocus(node, CanMove(node, isUp) == isUp ? DraftFocusOn.Up : DraftFocusOn.Down);
    }

    private static List<FilterNode> PartsOf(DraftGroup group)
    {
        List<FilterNode> parts = [];
        foreach (var part in group.Parts)
        {
            if (part is DraftCondition { Field: { } field } condition)
            {
                parts.Add(new FilterCondition(field, condition.Operator, condition.Values));
            }
            else if (part is DraftGroup inner && PartsOf(inner) is { Count: > 0 } innerParts)
            {
                parts.Add(innerParts is [var only] ? only : new FilterGroup(inner.IsAny, innerParts));
            }
        }

        return parts;
    }

    private void Fill(DraftGroup group, FilterGroup filter, Func<string, FilterFieldType?> typeOf)
    {
        foreach (var part in filter.Parts)
        {
            if (part is FilterCondition condition)
            {
                var draft = new DraftCondition();
                draft.Set(typeOf(condition.Field) is { } type ? FilterOperators.Normal(condition, type) : condition);
                group.Put(group.Parts.Count, draft);
            }
            else if (part is FilterGroup inner)
            {
                var draft = new DraftGroup { IsAny = inner.IsAny };
                group.Put(group.Parts.Count, draft);
                Fill(draft, inner, typeOf);
            }
        }
    }

    private DraftNode CopyOf(DraftNode node)
    {
        if (node is DraftGroup group)
        {
            var copy = new DraftGroup { IsAny = group.IsAny };
            group.Parts.ForEach(part => copy.Put(copy.Parts.Count, CopyOf(part)));
            return copy;
        }

        var condition = new DraftCondition();
        if (node is DraftCondition { Field: { } field } original)
        {
            condition.Set(new FilterCondition(field, original.Operator, original.Values));
        }

        return condition;
    }
}
