using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Fields;

/// <summary>A metadata field by its path, such as <c>sla.status</c> or <c>custom.orderNumberStr</c>.</summary>
public readonly record struct FieldKey(string Path, MetadataType Type)
{
    public const string CustomPrefix = "custom.";

    /// <summary>No name of Kustomer's is longer (64 characters at most), and what begins a path has room.</summary>
    private const int LongestName = MetadataField.KeyLength - 10;

    public bool IsCustom => IsCustomPath(Path);

    /// <summary>
    /// A custom attribute; the ending of its name tells its type (https://developer.kustomer.com/docs/concepts/custom-attributes).
    /// </summary>
    public static FieldKey Custom(string name) => new(CustomPrefix + name, TypeOf(name));

    /// <summary>Whether it can be a custom attribute's name: one that no column holds cannot.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= LongestName;

    public static bool IsCustomPath(string path) => path.StartsWith(CustomPrefix, StringComparison.Ordinal);

    private static MetadataType TypeOf(string name) =>
        name.EndsWith("Num", StringComparison.Ordinal) ? MetadataType.Number
        : name.EndsWith("At", StringComparison.Ordinal) ? MetadataType.Date
        : name.EndsWith("Bool", StringComparison.Ordinal) ? MetadataType.Boolean
        : MetadataType.Text;
}
