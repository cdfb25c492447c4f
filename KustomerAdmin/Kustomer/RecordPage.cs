using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>A record of an answer that could not be read.</summary>
/// <param name="Id">Its id, where it has one.</param>
public sealed record UnreadableRecord(string? Id, string Reason);

/// <summary>One page of a list. Records that cannot be read stand apart, so that one of them never costs the others.</summary>
public sealed record RecordPage<T>
{
    public required IReadOnlyList<T> Records { get; init; }

    public required IReadOnlyList<UnreadableRecord> Unreadable { get; init; }

    /// <summary>Records a full page holds, as Kustomer says; it may be fewer than were asked for.</summary>
    public required int PageSize { get; init; }

    public int? TotalPages { get; init; }

    public bool HasNext { get; init; }

    public int Count => Records.Count + Unreadable.Count;

    internal static RecordPage<T> Read(JsonElement answer, int askedPageSize, Func<JsonElement, T> read, string list = "data")
    {
        List<T> records = [];
        List<UnreadableRecord> unreadable = [];
        foreach (var resource in answer.Items(list))
        {
            try
            {
                records.Add(read(resource));
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException or JsonException)
            {
                unreadable.Add(new UnreadableRecord(resource.Text("id"), exception is FormatException ? exception.Message : "A value cannot be read."));
            }
        }

        var meta = answer.Member("meta") ?? default;
        return new RecordPage<T>
        {
            Records = records,
            Unreadable = unreadable,
            PageSize = meta.Integer("pageSize") is > 0 and var size ? size : askedPageSize,
            TotalPages = meta.Integer("totalPages"),
            HasNext = answer.Member("links")?.Member("next") is not null,
        };
    }
}
