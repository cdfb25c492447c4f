namespace KustomerAdmin.Sandbox.Data;

/// <summary>A custom attribute of conversations. Its type is told by the suffix of its name (developer portal, concepts/custom-attributes).</summary>
internal sealed record CustomField(string Name, string DisplayName, CustomType Type, int Percent, params string[] Values)
{
    public bool IsDeleted { get; init; }

    public string MetadataType => Type switch
    {
        CustomType.Text or CustomType.LongText => "string",
        CustomType.Number => "number",
        CustomType.Date => "date",
        CustomType.YesNo => "boolean",
        CustomType.Address => "url",
        CustomType.Reference => "id",
        CustomType.Tree => "tree",
        _ => "string",
    };
}
