using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace KustomerAdmin.Sandbox.Data;

/// <summary>
/// 24 hexadecimal characters as Kustomer's data model has them: creation second first, so that order by id is order of creation.
/// The rest names organisation, kind and position, so that any id leads to its record without a table of ids.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ObjectId(uint Second, uint Signature, uint Index, ushort Part)
{
    public const int Length = 24;

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[Length];
        Write(text);
        return Encoding.ASCII.GetString(text);
    }

    public void Write(Span<byte> destination)
    {
        Hex(Second, destination[..8]);
        Hex(Signature, destination.Slice(8, 6));
        Hex(Index, destination.Slice(14, 6));
        Hex(Part, destination.Slice(20, 4));
    }

    public static bool IsWellFormed(ReadOnlySpan<char> text) => text.Length == Length && !text.ContainsAnyExcept("0123456789abcdefABCDEF");

    public static bool TryParse(ReadOnlySpan<char> text, out ObjectId id)
    {
        if (!IsWellFormed(text))
        {
            id = default;
            return false;
        }

        id = new ObjectId(Number(text[..8]), Number(text.Slice(8, 6)), Number(text.Slice(14, 6)), (ushort)Number(text.Slice(20, 4)));
        return true;
    }

    private static uint Number(ReadOnlySpan<char> digits) => uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static void Hex(uint value, Span<byte> destination)
    {
        for (var position = destination.Length - 1; position >= 0; position--)
        {
            destination[position] = "0123456789abcdef"u8[(int)(value & 15)];
            value >>= 4;
        }
    }
}
