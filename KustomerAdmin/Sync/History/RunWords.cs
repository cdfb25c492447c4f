using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Sync.History;

/// <summary>Kinds and outcomes of runs in words for people.</summary>
internal static class RunWords
{
    public static string Of(RunKind kind) => kind switch
    {
        RunKind.Update => "Update",
        RunKind.FirstLoad => "First load",
        RunKind.Reconciliation => "Reconciliation",
    };

    public static string Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Running => "Running",
        RunOutcome.Succeeded => "Done",
        RunOutcome.Failed => "Failed",
        RunOutcome.Cancelled => "Cancelled",
    };

    public static Tone ToneOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Running => Tone.Busy,
        RunOutcome.Succeeded => Tone.Ok,
        RunOutcome.Failed => Tone.Danger,
        RunOutcome.Cancelled => Tone.Neutral,
    };
}
