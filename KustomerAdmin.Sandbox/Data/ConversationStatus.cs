namespace KustomerAdmin.Sandbox.Data;

internal enum ConversationStatus : byte
{
    Open,
    Snoozed,
    Done,
}
