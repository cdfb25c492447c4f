using KustomerAdmin.Data.Entities;
using KustomerAdmin.Controls;

namespace KustomerAdmin.Audit;

/// <summary>The stored names of actions and outcomes in words for people.</summary>
internal static class AuditSentences
{
    /// <summary>An action written by a newer console keeps its stored name rather than hiding.</summary>
    public static string Of(string action, AuditOutcome outcome) => action switch
    {
        AuditActions.FirstAdminCreated => "Created the first admin",
        AuditActions.SignedIn when outcome is not AuditOutcome.Succeeded => "Tried to sign in",
        AuditActions.SignedIn => "Signed in",
        AuditActions.SignedOut => "Signed out",
        AuditActions.InstanceConnected => "Connected an instance",
        AuditActions.InstanceFixed => "Fixed the credentials of an instance",
        AuditActions.InstanceReconnected => "Reconnected an instance",
        AuditActions.InstanceDisconnected => "Disconnected an instance",
        AuditActions.SetupCancelled => "Cancelled the set-up of an instance",
        AuditActions.SyncRequested => "Started a sync",
        AuditActions.SyncFailing => "The sync began to fail",
        AuditActions.SyncRecovered => "The sync works again",
        AuditActions.KeyRejected => "Kustomer rejected the key of an instance",
        AuditActions.ConnectionChecked => "Checked the connection of an instance",
        AuditActions.DefinitionsRead => "Read the definitions of an instance's fields",
        AuditActions.KeyReplaced => "Replaced the key of an instance",
        AuditActions.OldKeyRestored => "Went back to the old key of an instance",
        AuditActions.OldKeyForgotten => "Dismissed the reminder to delete an old key",
        AuditActions.InstanceRenamed => "Renamed an instance",
        AuditActions.InstanceDeleted => "Deleted an instance and all that is stored of it",
        AuditActions.InstanceRemoved => "Finished removing an instance",
        AuditActions.NotificationAdded => "Added an address that is told of problems",
        AuditActions.NotificationTested => "Sent a test to an address that is told of problems",
        AuditActions.NotificationRemoved => "Removed an address that is told of problems",
        AuditActions.FirstSyncStarted => "Started the first sync of an instance",
        AuditActions.RunCancelled => "Cancelled a sync",
        AuditActions.InstancePaused => "Paused an instance",
        AuditActions.InstanceResumed => "Resumed an instance",
        AuditActions.RateShareSet => "Changed an instance's share of the rate limit",
        AuditActions.StartDateSet => "Changed how far back an instance is synced",
        AuditActions.FieldExcluded => "Excluded a field from being stored",
        AuditActions.FieldStoredAgain => "Let a field be stored",
        AuditActions.FieldPurged => "Removed the stored values of a field",
        AuditActions.NewFieldsSet => "Changed what becomes of new fields",
        AuditActions.TicketsReadAgain => "Had all tickets of an instance read again",
        AuditActions.FilterSaved => "Saved a filter",
        AuditActions.FilterDeleted => "Deleted a saved filter",
        AuditActions.ExportBegun => "Began to export tickets",
        AuditActions.TicketsExported when outcome is not AuditOutcome.Succeeded => "Did not export all tickets",
        AuditActions.TicketsExported => "Exported tickets",
        AuditActions.TicketSought => "Asked why a ticket is not in the list",
        AuditActions.TicketOpened => "Opened a ticket",
        AuditActions.AttachmentOpened => "Opened an attachment",
        _ => action,
    };

    public static Tone ToneOf(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Succeeded => Tone.Ok,
        AuditOutcome.Failed => Tone.Danger,
        AuditOutcome.Refused => Tone.Warning,
    };
}
