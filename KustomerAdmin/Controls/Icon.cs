namespace KustomerAdmin.Controls;

/// <summary>What an <see cref="IconButton"/> shows.</summary>
public enum Icon
{
    Close,
    Up,
    Down,
    Copy,
    Bin,
    Pin,
    Star,
}
