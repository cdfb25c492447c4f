using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;

namespace KustomerAdmin.Sync.Storing;

/// <summary>A hash over all that is stored of a ticket. Equal: nothing to write. Not a secret, only a fingerprint.</summary>
internal static class TicketHash
{
    public static long Of(MappedTicket ticket)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Add(buffer, ticket.CustomerId);
        Add(buffer, ticket.Subject);
        Add(buffer, ticket.Status);
        Add(buffer, ticket.Direction);
        Add(buffer, ticket.Priority ?? int.MinValue);
        Add(buffer, ticket.MessageCount ?? int.MinValue);
        Add(buffer, ticket.NoteCount ?? int.MinValue);
        Add(buffer, ticket.UpdatedAt.UtcTicks);
        Add(buffer, ticket.CreatedAt?.UtcTicks ?? 0);
        Add(buffer, ticket.LastActivityAt?.UtcTicks ?? 0);
        AddAll(buffer, ticket.Channels);
        AddAll(buffer, ticket.TagIds);
        foreach (var column in StandardColumn.All)
        {
            Add(buffer, column, ticket.Attributes);
        }

        foreach (var value in ticket.Values)
        {
            Add(buffer, value.Field.Path);
            Add(buffer, value.Text);
            Add(buffer, BitConverter.DoubleToInt64Bits(value.Number ?? double.NaN));
            Add(buffer, value.Moment?.UtcTicks ?? 0);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private static void Add(ArrayBufferWriter<byte> buffer, StandardColumn column, TicketAttributes attributes)
    {
        switch (column)
        {
            case StandardColumn<string?> text:
                Add(buffer, text.Get(attributes));
                break;
            case StandardColumn<double?> number:
                Add(buffer, BitConverter.DoubleToInt64Bits(number.Get(attributes) ?? double.NaN));
                break;
            case StandardColumn<DateTimeOffset?> date:
                Add(buffer, date.Get(attributes)?.UtcTicks ?? 0);
                break;
            case StandardColumn<bool?> truth:
                Add(buffer, truth.Get(attributes) switch { null => -1, false => 0, true => 1 });
                break;
        }
    }

    private static void AddAll(ArrayBufferWriter<byte> buffer, IReadOnlyList<string> texts)
    {
        Add(buffer, texts.Count);
        foreach (var text in texts)
        {
            Add(buffer, text);
        }
    }

    /// <summary>With its length, so that two texts never run together.</summary>
    private static void Add(ArrayBufferWriter<byte> buffer, string? text)
    {
        Add(buffer, text?.Length ?? -1);
        buffer.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static void Add(ArrayBufferWriter<byte> buffer, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), number);
        buffer.Advance(sizeof(long));
    }
}
