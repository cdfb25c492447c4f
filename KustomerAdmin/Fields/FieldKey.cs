using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Fields;

/// <summary>A metadata field by its path, such as <c>sla.status</c> or <c>custom.orderNumberStr</c>.</summary>
public readonly record struct FieldKey(string Path, MetadataType Type)
{
    public const string CustomPrefix = "custom.";

    public bool IsCustom => Path.StartsWith(CustomPrefix, StringComparison.Ordinal);

    /// <summary>
    /// A custom attribute; the ending of its name tells its type (https://developer.kustomer.com/docs/concepts/custom-attributes).
    /// </summary>
    public static FieldKey Custom(string name) => new(CustomPrefix + name, TypeOf(name));

    private static MetadataType TypeOf(string name) =>
        name.EndsWith("Num", StringComparison.Ordinal) ? MetadataType.Number
        : name.EndsWith("At", StringComparison.Ordinal) ? MetadataType.Date
        : name.EndsWith("Bool", StringComparison.Ordinal) ? MetadataType.Boolean
        : MetadataType.Text;
}
