using System.Buffers;
using System.Globalization;
using System.Text;

namespace KustomerAdmin.Tickets.Exporting;

/// <summary>
/// Rows of comma-separated values (RFC 4180) in UTF-8, field by field. Text can come from anybody who writes to a customer service, so none of it
/// becomes a formula where the file is opened; numbers and dates are our own digits and stay what they are, a minus sign included.
/// </summary>
internal sealed class CsvWriter(IBufferWriter<byte> output)
{
    /// <summary>Where a spreadsheet begins a formula or a command, the wide forms of Asian keyboards among them (OWASP, CSV injection).</summary>
    private const string Dangerous = "=+-@\t\r\n\0＝＋－＠";

    /// <summary>What other spreadsheets, or those that guess, take for a separator too: there a part of the text would be a field of its own.</summary>
    private static readonly SearchValues<char> s_quoted = SearchValues.Create("\",;|\t\r\n");

    private bool _isWithinRow;

    /// <summary>Without it Excel takes UTF-8 for the machine's old code page.</summary>
    public void WriteMark() => output.Write(Encoding.UTF8.Preamble);

    public void WriteText(ReadOnlySpan<char> text)
    {
        BeginField();
        var isQuoted = text.ContainsAny(s_quoted) || text is [' ', ..] or [.., ' '];
        WriteIf(isQuoted, (byte)'"');
        WriteIf(IsDangerous(text), (byte)'\'');
        for (var rest = text; rest.Length > 0;)
        {
            var quote = isQuoted ? rest.IndexOf('"') + 1 : 0;
            Encoding.UTF8.GetBytes(quote > 0 ? rest[..quote] : rest, output);
            WriteIf(quote > 0, (byte)'"');
            rest = quote > 0 ? rest[quote..] : [];
        }

        WriteIf(isQuoted, (byte)'"');
    }

    public void WriteNumber(double? number) => Write(number, "R");

    /// <summary>ISO 8601 with the zone's offset at that moment.</summary>
    public void WriteMoment(DateTimeOffset? moment, TimeZoneInfo zone) =>
        Write(moment is { } at ? TimeZoneInfo.ConvertTime(at, zone) : (DateTimeOffset?)null, "yyyy-MM-dd'T'HH:mm:ss.fffzzz");

    public void WriteTruth(bool? truth) => WriteText(truth switch { true => "true", false => "false", null => "" });

    public void EndRow()
    {
        output.Write("\r\n"u8);
        _isWithinRow = false;
    }

    /// <summary>Blanks and signs that nobody sees are passed over: some spreadsheets trim them away and then find the formula.</summary>
    private static bool IsDangerous(ReadOnlySpan<char> text)
    {
        foreach (var sign in text.EnumerateRunes())
        {
            if (sign.IsBmp && Dangerous.Contains((char)sign.Value, StringComparison.Ordinal))
            {
                return true;
            }

            if (!Rune.IsWhiteSpace(sign) && Rune.GetUnicodeCategory(sign) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                return false;
            }
        }

        return false;
    }

    private void Write<T>(T? value, string format)
        where T : struct, IUtf8SpanFormattable
    {
        BeginField();
        if (value is { } there && there.TryFormat(output.GetSpan(40), out var length, format, CultureInfo.InvariantCulture))
        {
            output.Advance(length);
        }
    }

    private void BeginField()
    {
        WriteIf(_isWithinRow, (byte)',');
        _isWithinRow = true;
    }

    private void WriteIf(bool isWritten, byte sign)
    {
        if (isWritten)
        {
            output.GetSpan(1)[0] = sign;
            output.Advance(1);
        }
    }
}
