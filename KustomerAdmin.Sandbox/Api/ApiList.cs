using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>Lists in pages. Only customers and search tell a total (developer portal, concepts/pagination).</summary>
internal static class ApiList
{
    public const int Usual = 100;
    public const int Large = 500;

    /// <param name="count">Items of the whole list.</param>
    /// <param name="write">Writes the item at a position of the whole list.</param>
    public static ApiAnswer Of(ApiCall call, int count, Action<ApiJson, int> write, int most = Usual, bool hasTotal = false, Action<ApiJson, int, int>? included = null)
    {
        if (PageRequest.Read(call, most) is not { } request)
        {
            return ApiError.BadRequest("page and pageSize must be positive integers");
        }

        return ApiAnswer.Ok(json =>
        {
            var from = Math.Min(request.Skip, count);
            var to = Math.Min(from + request.PageSize, count);
            var pages = (count + request.PageSize - 1) / request.PageSize;
            json.Out.WriteStartObject();
            json.Out.WriteStartObject("meta"u8);
            json.Out.WriteNumber("page"u8, request.Page);
            json.Out.WriteNumber("pageSize"u8, request.PageSize);
            if (hasTotal)
            {
                json.Out.WriteNumber("total"u8, count);
                json.Out.WriteNumber("totalPages"u8, pages);
            }

            json.Out.WriteEndObject();
            Links(json, call, request, to < count, hasTotal ? Math.Max(1, pages) : null);
            json.Out.WriteStartArray("data"u8);
            for (var position = from; position < to; position++)
            {
                write(json, position);
            }

            json.Out.WriteEndArray();
            included?.Invoke(json, from, to);
            json.Out.WriteEndObject();
        });
    }

    public static void Links(ApiJson json, ApiCall call, PageRequest request, bool hasNext, int? last)
    {
        json.Out.WriteStartObject("links"u8);
        json.Out.WriteString("self"u8, call.Link(request.Page, request.PageSize));
        json.Out.WriteString("first"u8, call.Link(1, request.PageSize));
        json.Out.WriteString("prev"u8, request.Page > 1 ? call.Link(request.Page - 1, request.PageSize) : null);
        json.Out.WriteString("next"u8, hasNext ? call.Link(request.Page + 1, request.PageSize) : null);
        if (last is { } page)
        {
            json.Out.WriteString("last"u8, call.Link(page, request.PageSize));
        }

        json.Out.WriteEndObject();
    }

    /// <summary>Several comma-separated ids answer a list of those that exist.</summary>
    public static ApiAnswer Several<T>(IReadOnlyCollection<T> found, Action<ApiJson, T> write) => ApiAnswer.Ok(json =>
    {
        json.Out.WriteStartObject();
        json.Out.WriteStartArray("data"u8);
        foreach (var item in found)
        {
            write(json, item);
        }

        json.Out.WriteEndArray();
        json.Out.WriteEndObject();
    });
}
