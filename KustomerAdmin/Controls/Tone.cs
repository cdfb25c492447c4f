namespace KustomerAdmin.Controls;

public enum Tone
{
    Neutral,
    Ok,
    Warning,
    Danger,
    Busy,
}
