namespace KustomerAdmin.Filters;

/// <summary>A value and the number of tickets that have it.</summary>
/// <param name="Value">As a condition writes it: numbers with a point, yes/no as 1 and 0 in statistics; dates are not counted by value.</param>
public sealed record ValueCount(string Value, long Tickets);
