namespace KustomerAdmin.Sandbox.Access;

/// <summary>
/// Any one of the roles opens an endpoint, and a shorter role opens everything below it
/// (developer portal, get-started/api-keys-and-roles).
/// </summary>
internal sealed record RoleRule(params string[] Accepted)
{
    public static readonly RoleRule None = new();
    public static readonly RoleRule Conversations = Read("conversation");
    public static readonly RoleRule Messages = Read("message");
    public static readonly RoleRule Notes = Read("note");
    public static readonly RoleRule Attachments = Read("attachment");
    public static readonly RoleRule Customers = Read("customer");
    public static readonly RoleRule Events = Read("event");
    public static readonly RoleRule Users = Read("user");
    public static readonly RoleRule Teams = Read("team");
    public static readonly RoleRule Satisfaction = new("org.permission.satisfaction.read", "org.permission.satisfaction_response.read", "org.user.satisfaction.read");
    public static readonly RoleRule Tags = ReadByAdmins("tag");
    public static readonly RoleRule Metadata = ReadByAdmins("metadata");
    public static readonly RoleRule Klasses = ReadByAdmins("klass");
    public static readonly RoleRule Brands = ReadByAdmins("brand");

    public static readonly RoleRule SubStatuses = new(
        "org.permission.sub_status.read", "org.permission.conversation.read", "org.permission.kobject.read", "org.user.conversation.read");

    public static readonly RoleRule Search = new(
        "org.permission.search.create",
        "org.permission.search.update",
        "org.permission.search_global.create",
        "org.permission.search_preview.create",
        "org.user.search.read",
        "org.admin.search.read");

    public bool IsMetBy(string[] roles) => Accepted.Length == 0 || Array.Exists(roles, role => Array.Exists(Accepted, accepted => Grants(role, accepted)));

    private static bool Grants(string role, string accepted) =>
        accepted.StartsWith(role, StringComparison.Ordinal) && (accepted.Length == role.Length || accepted[role.Length] == '.');

    private static RoleRule Read(string resource) => new($"org.permission.{resource}.read", $"org.user.{resource}.read");

    private static RoleRule ReadByAdmins(string resource) => new($"org.permission.{resource}.read", $"org.user.{resource}.read", $"org.admin.{resource}.read");
}
