namespace KustomerAdmin.Integrations.Checking;

/// <summary>How often connections are checked by themselves.</summary>
public sealed class ConnectionOptions
{
    public const string CheckIntervalKey = "Connections:CheckInterval";

    /// <summary>Pause between two checks of an instance, about ten requests each. Five minutes to seven days.</summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromHours(1);
}
