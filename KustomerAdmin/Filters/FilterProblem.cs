namespace KustomerAdmin.Filters;

/// <summary>Why a condition cannot be asked. Such a condition is struck out and ignored.</summary>
/// <param name="Text">A sentence for people.</param>
public sealed record FilterProblem(FilterProblemKind Kind, string Text)
{
    /// <param name="field">The field that the condition names; null when there is none.</param>
    /// <returns>Null for a condition that can be asked.</returns>
    public static FilterProblem? Of(FilterCondition condition, FilterField? field)
    {
        if (field is null)
        {
            return new FilterProblem(FilterProblemKind.UnknownField, $"No ticket has a field {condition.Field}.");
        }

        if (!field.IsStored)
        {
            return new FilterProblem(FilterProblemKind.NotStored, $"{field.DisplayName} is no longer stored.");
        }

        var asked = FilterOperators.Normal(condition, field.Type);
        if (!FilterOperators.For(field.Type).Contains(asked.Operator))
        {
            return new FilterProblem(FilterProblemKind.WrongOperator, $"{field.DisplayName} cannot be asked that way.");
        }

        var (fewest, most) = FilterOperators.ValuesOf(asked.Operator);
        if (asked.Values.Count < fewest || asked.Values.Any(static value => value.Length == 0))
        {
            return new FilterProblem(FilterProblemKind.MissingValue, $"{field.DisplayName} lacks a value.");
        }

        return asked.Values.Count > most || asked.Values.Any(value => value.Length > FilterText.LongestValue || !FilterValue.Fits(field.Type, asked.Operator, value))
            ? new FilterProblem(FilterProblemKind.BadValue, $"{field.DisplayName} cannot have that value.")
            : null;
    }
}

public enum FilterProblemKind
{
    UnknownField,
    NotStored,
    WrongOperator,
    MissingValue,
    BadValue,
}
