using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Problems;

internal static class ProblemWords
{
    public static string TitleOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Credentials => "Not authenticated",
        ProblemKind.KeyEnding => "The key is about to end",
        ProblemKind.MissingRoles => "The key lacks roles",
        ProblemKind.Sync => "The sync fails",
        ProblemKind.Stale => "Stale",
        ProblemKind.Unreadable => "Unreadable records",
        ProblemKind.OldKey => "An old key is still there",
        ProblemKind.Comparison => "The comparison with Kustomer fails",
    };
}
