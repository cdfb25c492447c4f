namespace KustomerAdmin.Audit;

/// <summary>Names of what the audit log records. They are stored; do not rename one.</summary>
public static class AuditActions
{
    public const string FirstAdminCreated = "first-admin.created";
    public const string SignedIn = "admin.signed-in";
    public const string SignedOut = "admin.signed-out";
    public const string InstanceConnected = "instance.connected";
    public const string InstanceFixed = "instance.credentials-fixed";
    public const string InstanceReconnected = "instance.reconnected";
    public const string InstanceDisconnected = "instance.disconnected";
    public const string SetupCancelled = "instance.setup-cancelled";
    public const string SyncRequested = "instance.sync-requested";
    public const string SyncFailing = "instance.sync-failing";
    public const string SyncRecovered = "instance.sync-recovered";
    public const string KeyRejected = "instance.key-rejected";
    public const string ConnectionChecked = "instance.connection-checked";
    public const string DefinitionsRead = "instance.definitions-read";
    public const string KeyReplaced = "instance.key-replaced";
    public const string OldKeyRestored = "instance.old-key-restored";
    public const string OldKeyForgotten = "instance.old-key-forgotten";
    public const string InstanceRenamed = "instance.renamed";
    public const string InstanceDeleted = "instance.deleted";
    public const string InstanceRemoved = "instance.removed";
    public const string NotificationAdded = "notification.added";
    public const string NotificationTested = "notification.tested";
    public const string NotificationRemoved = "notification.removed";
    public const string FirstSyncStarted = "instance.first-sync-started";
    public const string RunCancelled = "instance.run-cancelled";
    public const string InstancePaused = "instance.paused";
    public const string InstanceResumed = "instance.resumed";
    public const string RateShareSet = "instance.rate-share-set";
    public const string StartDateSet = "instance.start-date-set";
    public const string FieldExcluded = "field.excluded";
    public const string FieldStoredAgain = "field.stored-again";
    public const string FieldPurged = "field.purged";
    public const string NewFieldsSet = "instance.new-fields-set";
    public const string TicketsReadAgain = "instance.tickets-read-again";
    public const string FilterSaved = "filter.saved";
    public const string FilterDeleted = "filter.deleted";
    public const string ExportBegun = "tickets.export-begun";
    public const string TicketsExported = "tickets.exported";
    public const string TicketSought = "ticket.sought";
    public const string TicketOpened = "ticket.opened";
    public const string AttachmentOpened = "ticket.attachment-opened";
}
