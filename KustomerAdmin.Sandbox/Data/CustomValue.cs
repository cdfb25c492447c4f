namespace KustomerAdmin.Sandbox.Data;

/// <summary>A custom attribute's value on one conversation; which member is set follows from the field's type.</summary>
internal readonly record struct CustomValue(string? Text = null, double Number = double.NaN, long Date = 0, bool IsTrue = false, int Reference = -1);
