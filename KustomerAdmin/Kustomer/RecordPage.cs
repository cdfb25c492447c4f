using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>A record of an answer that could not be read.</summary>
/// <param name="Id">Its id, where it has one.</param>
public sealed record UnreadableRecord(string? Id, string Reason)
{
    /// <summary>SHA-256 of the record as it came, in hexadecimal digits: to tell one from another without keeping it.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>A record that never came, told from others by what was asked for.</summary>
    public static UnreadableRecord TooLarge(string? id, string asked) => new(id, "It is larger than the console accepts.")
    {
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked))),
    };
}

/// <summary>One page of a list. Records that cannot be read stand apart, so that one of them never costs the others.</summary>
public sealed record RecordPage<T>
{
    public required IReadOnlyList<T> Records { get; init; }

    public required IReadOnlyList<UnreadableRecord> Unreadable { get; init; }

    /// <summary>Records a full page holds, as Kustomer says; it may be fewer than were asked for.</summary>
    public required int PageSize { get; init; }

    public int? TotalPages { get; init; }

    /// <summary>Records that the whole list holds, as Kustomer says; a search may stop counting at 10,000.</summary>
    public int? Total { get; init; }

    public bool HasNext { get; init; }

    public int Count => Records.Count + Unreadable.Count;

    /// <summary>Whether to ask for the page after it. One that brings nothing new is where a list whose links loop has its end.</summary>
    /// <param name="seen">Ids of the pages before; those of this one are added.</param>
    internal bool LeadsOn(HashSet<string> seen, Func<T, string> idOf) =>
        HasNext && Records.Select(idOf).Concat(Unreadable.Select(static record => record.Id ?? record.Fingerprint)).Count(seen.Add) > 0;

    internal static RecordPage<T> Read(KustomerAnswer answer, int askedPageSize, Func<JsonElement, T> read, string list = KustomerAnswer.Data)
    {
        List<T> records = [];
        List<UnreadableRecord> unreadable = [];
        foreach (var resource in answer.Records(list))
        {
            try
            {
                records.Add(read(resource));
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException or JsonException)
            {
                unreadable.Add(new UnreadableRecord(resource.Text("id"), exception is FormatException ? exception.Message : "A value cannot be read.")
                {
                    Fingerprint = Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(resource))),
                });
            }
        }

        var meta = answer.RootElement.Member("meta") ?? default;
        return new RecordPage<T>
        {
            Records = records,
            Unreadable = unreadable,
            PageSize = meta.Integer("pageSize") is > 0 and var size ? size : askedPageSize,
            TotalPages = meta.Integer("totalPages"),
            Total = meta.Integer("total"),
            HasNext = answer.RootElement.Member("links")?.Member("next") is not null,
        };
    }
}
