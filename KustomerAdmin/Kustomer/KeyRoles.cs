namespace KustomerAdmin.Kustomer;

/// <summary>
/// The roles of a key. A shorter role grants everything below it, and the older names still count
/// (https://developer.kustomer.com/docs/get-started/api-keys-and-roles).
/// </summary>
public sealed class KeyRoles(IReadOnlyList<string> names)
{
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>Search has more names than one; the older ones call it reading.</summary>
    private static readonly string[] s_search =
    [
        "org.permission.search.create", "org.permission.search.update", "org.permission.search_global.create", "org.permission.search_preview.create",
        "org.user.search.read", "org.admin.search.read",
    ];

    /// <summary>
    /// Whether the key may do what <paramref name="role"/> allows: by the role itself, by a prefix of whole parts (<c>org</c> covers
    /// <c>org.permission</c>), or by its older name (<c>org.user.…</c>, <c>org.admin.…</c>).
    /// </summary>
    public bool Grants(string role) => string.Equals(role, s_search[0], StringComparison.Ordinal) ? s_search.Any(Holds) :
        Holds(role) || Holds(role.Replace(".permission.", ".user.", StringComparison.Ordinal)) || Holds(role.Replace(".permission.", ".admin.", StringComparison.Ordinal));

    private bool Holds(string role) =>
        Names.Any(own => string.Equals(own, role, StringComparison.Ordinal) || role.StartsWith(own + ".", StringComparison.Ordinal));
}
