namespace KustomerAdmin.Sandbox.Data;

/// <summary>A file of a message.</summary>
internal sealed record Attachment(ObjectId Id, ObjectId MessageId, long CreatedAt, AttachmentSample Sample);

/// <summary>What a file is called, claims to be and holds.</summary>
internal sealed record AttachmentSample(string Name, string ContentType, AttachmentContent Content)
{
    public bool IsRedacted { get; init; }

    /// <summary>Kept elsewhere: the API then tells that address instead of its own.</summary>
    public string? ExternalAddress { get; init; }
}

internal enum AttachmentContent
{
    Text,
    Image,
    Document,
    Table,
    Page,
    Archive,
    Nothing,
    Large,
}
