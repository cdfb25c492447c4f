namespace KustomerAdmin.Sandbox.Dialogue;

internal static class Topics
{
    public static readonly Topic[] All = [.. DeliveryTopics.All, .. AccountTopics.All];
}
