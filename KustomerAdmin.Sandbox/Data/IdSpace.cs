namespace KustomerAdmin.Sandbox.Data;

/// <summary>Makes and recognises the ids of one organisation.</summary>
internal sealed class IdSpace(int seed, string subdomain)
{
    /// <summary>Second in which everything that never changes was set up (1 March 2023).</summary>
    public const uint SetUp = 1677661200;

    private readonly uint _organization = (uint)(Draw.Of(seed, subdomain).Bits(Salt.Signature) & 0xFFFF);

    public ObjectId Make(ResourceKind kind, long milliseconds, int index, int part = 0) =>
        new((uint)(milliseconds / 1000), Signature(kind), (uint)index, (ushort)part);

    public ObjectId Fixed(ResourceKind kind, int index) => new(SetUp + (uint)index, Signature(kind), (uint)index, 0);

    public bool IsOf(ResourceKind kind, ObjectId id) => id.Signature == Signature(kind);

    private uint Signature(ResourceKind kind) => ((uint)kind << 16) | _organization;
}
