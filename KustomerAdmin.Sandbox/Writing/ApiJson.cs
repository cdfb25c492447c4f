using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Writing;

/// <summary>Writes an answer straight to bytes; pages of five hundred conversations are the common case.</summary>
internal sealed class ApiJson : IDisposable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer;

    public ApiJson(ArrayBufferWriter<byte> buffer)
    {
        _buffer = buffer;
        Out = new Utf8JsonWriter(buffer, s_options);
    }

    public Utf8JsonWriter Out { get; }

    public ReadOnlyMemory<byte> Written
    {
        get
        {
            Out.Flush();
            return _buffer.WrittenMemory;
        }
    }

    public void Dispose() => Out.Dispose();

    public void Id(ReadOnlySpan<byte> name, ObjectId id)
    {
        Span<byte> text = stackalloc byte[ObjectId.Length];
        id.Write(text);
        Out.WriteString(name, text);
    }

    public void IdValue(ObjectId id)
    {
        Span<byte> text = stackalloc byte[ObjectId.Length];
        id.Write(text);
        Out.WriteStringValue(text);
    }

    public void Ids(ReadOnlySpan<byte> name, params ReadOnlySpan<ObjectId> ids)
    {
        Out.WriteStartArray(name);
        foreach (var id in ids)
        {
            IdValue(id);
        }

        Out.WriteEndArray();
    }

    public void Time(ReadOnlySpan<byte> name, long milliseconds)
    {
        Span<byte> text = stackalloc byte[ApiTime.Length];
        ApiTime.Write(milliseconds, text);
        Out.WriteString(name, text);
    }

    public void Self(ReadOnlySpan<byte> collection, ObjectId id)
    {
        Span<byte> path = stackalloc byte[96];
        Out.WriteString("self"u8, path[..Path(collection, id, path)]);
    }

    public void Relation(ReadOnlySpan<byte> name, ReadOnlySpan<byte> type, ReadOnlySpan<byte> collection, ObjectId id)
    {
        Out.WriteStartObject(name);
        Out.WriteStartObject("data"u8);
        Out.WriteString("type"u8, type);
        Id("id"u8, id);
        Out.WriteEndObject();
        Out.WriteStartObject("links"u8);
        Self(collection, id);
        Out.WriteEndObject();
        Out.WriteEndObject();
    }

    public void Empty(ReadOnlySpan<byte> name)
    {
        Out.WriteStartObject(name);
        Out.WriteEndObject();
    }

    public void EmptyList(ReadOnlySpan<byte> name)
    {
        Out.WriteStartArray(name);
        Out.WriteEndArray();
    }

    private static int Path(ReadOnlySpan<byte> collection, ObjectId id, Span<byte> path)
    {
        "/v1/"u8.CopyTo(path);
        collection.CopyTo(path[4..]);
        path[4 + collection.Length] = (byte)'/';
        id.Write(path[(5 + collection.Length)..]);
        return 5 + collection.Length + ObjectId.Length;
    }
}
