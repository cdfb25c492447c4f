namespace KustomerAdmin.Problems;

/// <summary>Says that a problem was opened, changed or closed: open pages read them again, and what is to be told is sent.</summary>
public sealed class ProblemEvents
{
    public event Action? Changed;

    internal void Publish() => Changed?.Invoke();
}
