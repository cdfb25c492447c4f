using KustomerAdmin.Sandbox.Dialogue;

namespace KustomerAdmin.Sandbox.Data;

internal sealed record Agent(ObjectId Id, string Name, string Email, string UserType, bool IsDeleted, int Team)
{
    public string[] Roles { get; init; } = ["org.user"];
}

internal sealed record Team(ObjectId Id, string Name, string Icon);

internal sealed record Tag(ObjectId Id, string Name, string Color, bool IsDeleted);

internal sealed record Brand(ObjectId Id, string Name);

/// <summary>The organisation's own people and labels.</summary>
internal sealed class People
{
    public const int Active = 25;
    private const int Deleted = 3;

    private static readonly string[] s_teams = ["Customer Care", "Returns & Refunds", "Billing", "VIP Desk", "Social Media", "Technical Support"];
    private static readonly string[] s_icons = ["headset", "box", "receipt", "star", "hashtag", "wrench"];

    private static readonly (string Name, string Color)[] s_tags =
    [
        ("vip", "#f5a623"), ("refund", "#d0021b"), ("lost parcel", "#b8442a"), ("delay", "#e2857a"), ("damaged", "#9b4dca"), ("warranty", "#7b61ff"),
        ("invoice", "#4a90e2"), ("login", "#2c7be5"), ("subscription", "#17a2b8"), ("size advice", "#1abc9c"), ("voucher", "#27ae60"),
        ("complaint", "#c0392b"), ("praise", "#2ecc71"), ("escalated", "#e74c3c"), ("wait for carrier", "#95a5a6"), ("wait for stock", "#7f8c8d"),
        ("social", "#e84393"), ("duplicate", "#636e72"), ("translation", "#fdcb6e"), ("quality review", "#0984e3"),
    ];

    public People(int seed, string subdomain, IdSpace ids)
    {
        var draw = Draw.Of(seed, subdomain + "/people");
        Users = [.. Enumerable.Range(0, Active + Deleted).Select(index => User(draw.At(index), subdomain, ids, index))];
        Teams = [.. s_teams.Select((name, index) => new Team(ids.Fixed(ResourceKind.Team, index), name, s_icons[index]))];
        Tags =
        [
            .. s_tags.Select((tag, index) => new Tag(ids.Fixed(ResourceKind.Tag, index), tag.Name, tag.Color, IsDeleted: false)),
            new Tag(ids.Fixed(ResourceKind.Tag, s_tags.Length), "black friday 2023", "#2d3436", IsDeleted: true),
        ];
        var label = char.ToUpperInvariant(subdomain[0]) + subdomain[1..];
        Brands = [.. new[] { label, label + " Outlet", label + " Business" }.Select((name, index) => new Brand(ids.Fixed(ResourceKind.Brand, index), name))];
    }

    /// <summary>The active ones first, then those who have left; former users still stand in old conversations.</summary>
    public Agent[] Users { get; }

    public Team[] Teams { get; }

    public Tag[] Tags { get; }

    public Brand[] Brands { get; }

    public Agent AgentOf(Conversation conversation, int part = 0)
    {
        var isFormer = part == 0 && conversation.Index % 97 == 5;
        return isFormer
            ? Users[Active + (conversation.Index / 97 % Deleted)]
            : Users[conversation.Draw.Below(Salt.User, Active, part + (7 * conversation.Changes))];
    }

    public Team TeamOf(Conversation conversation) => Teams[conversation.Draw.Below(Salt.Team, Teams.Length)];

    private static Agent User(Draw draw, string subdomain, IdSpace ids, int index)
    {
        var first = PersonNames.First(draw);
        var last = PersonNames.Last(draw);
        var email = $"{first}.{last}@{subdomain}.example".Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
        return new Agent(ids.Fixed(ResourceKind.User, index), $"{first} {last}", email, "user", index >= Active, draw.Below(Salt.Team, s_teams.Length));
    }
}
