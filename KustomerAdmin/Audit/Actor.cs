namespace KustomerAdmin.Audit;

/// <summary>Who acts. Only <see cref="CurrentAdmin"/> names a person, after checking that they still may.</summary>
public sealed record Actor
{
    private Actor(string? id, string name, string? address)
    {
        Id = id;
        Name = name;
        Address = address;
    }

    /// <summary>The console itself, such as its schedule.</summary>
    public static Actor System { get; } = new(null, "System", null);

    public string? Id { get; }

    public string Name { get; }

    /// <summary>Network address the person signed in from.</summary>
    public string? Address { get; }

    /// <summary>Somebody who is not signed in, by what they typed as their name.</summary>
    public static Actor Anonymous(string typedName, string? address) => new(null, typedName, address);

    internal static Actor Admin(string id, string name, string? address) => new(id, name, address);
}
