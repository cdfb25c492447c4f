namespace KustomerAdmin.Sandbox.Writing;

/// <summary>ISO 8601 in UTC with milliseconds, as every Kustomer answer has it.</summary>
internal static class ApiTime
{
    public const int Length = 24;

    public static void Write(long milliseconds, Span<byte> destination)
    {
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.Deconstruct(out var date, out TimeOnly time);
        "0000-00-00T00:00:00.000Z"u8.CopyTo(destination);
        Digits(date.Year, destination[..4]);
        Digits(date.Month, destination.Slice(5, 2));
        Digits(date.Day, destination.Slice(8, 2));
        Digits(time.Hour, destination.Slice(11, 2));
        Digits(time.Minute, destination.Slice(14, 2));
        Digits(time.Second, destination.Slice(17, 2));
        Digits(time.Millisecond, destination.Slice(20, 3));
    }

    private static void Digits(int value, Span<byte> destination)
    {
        for (var position = destination.Length - 1; position >= 0; position--)
        {
            destination[position] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
