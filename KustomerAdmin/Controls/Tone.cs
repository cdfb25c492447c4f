namespace KustomerAdmin.Controls;

public enum Tone
{
    Neutral,
    Info,
    Ok,
    Warning,
    Danger,
    Busy,
}
