using KustomerAdmin.Sandbox.Search;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>Developer portal, concepts/search: one endpoint for every kind of record, and its sibling for what is older than two years.</summary>
internal static class SearchEndpoints
{
    private const int MostPages = 100;

    public static void Map(ApiRoutes routes)
    {
        routes.Search("/v1/customers/search", static call => Search(call, isArchive: false));
        routes.Search("/v1/customers/archive/search", static call => Search(call, isArchive: true));
    }

    private static ApiAnswer Search(ApiCall call, bool isArchive)
    {
        if (PageRequest.Read(call, ApiList.Large) is not { } request)
        {
            return ApiError.BadRequest("page and pageSize must be positive integers");
        }

        if (request.Page > MostPages)
        {
            return ApiError.BadRequest("page must be less than or equal to 100");
        }

        try
        {
            var query = SearchQuery.Read(call.Body, isArchive);
            var found = call.Organization.Search.Find(query, isArchive, request.Skip, request.PageSize);
            return ApiAnswer.Ok(json => Write(json, call, request, found));
        }
        catch (SearchException refused)
        {
            return ApiError.BadRequest(refused.Message);
        }
    }

    private static void Write(ApiJson json, ApiCall call, PageRequest request, SearchPage found)
    {
        var total = Math.Min(found.Total, call.State.Behaviour.SearchTotalCap ?? int.MaxValue);
        var pages = (total + request.PageSize - 1) / request.PageSize;
        json.Out.WriteStartObject();
        json.Out.WriteStartObject("meta"u8);
        json.Out.WriteNumber("page"u8, request.Page);
        json.Out.WriteNumber("pageSize"u8, request.PageSize);
        json.Out.WriteNumber("total"u8, total);
        json.Out.WriteNumber("totalPages"u8, pages);
        json.Empty("aggregations"u8);
        json.Out.WriteBoolean("timed_out"u8, value: false);
        json.Out.WriteEndObject();

        // Page 100 still points at page 101, which is then refused: seen in the wild.
        ApiList.Links(json, call, request, request.Skip + request.PageSize < found.Total, Math.Max(1, pages));
        json.Out.WriteStartArray("data"u8);
        var isIdsOnly = call.Asks("idsOnly", "true");
        foreach (var conversation in found.Conversations)
        {
            if (isIdsOnly)
            {
                Id(json, "conversation"u8, call.Store.IdOf(conversation));
            }
            else
            {
                ConversationWriter.Write(json, call.Store, conversation);
            }
        }

        foreach (var customer in found.Customers)
        {
            if (isIdsOnly)
            {
                Id(json, "customer"u8, call.Store.IdOf(customer));
            }
            else
            {
                CustomerWriter.Write(json, call.Store, customer);
            }
        }

        json.Out.WriteEndArray();
        json.Out.WriteEndObject();
    }

    private static void Id(ApiJson json, ReadOnlySpan<byte> type, Data.ObjectId id)
    {
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, type);
        json.Id("id"u8, id);
        json.Out.WriteEndObject();
    }
}
