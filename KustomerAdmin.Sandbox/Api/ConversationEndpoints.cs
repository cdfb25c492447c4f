using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>Developer portal, api/core-resources: conversations and what hangs below them.</summary>
internal static class ConversationEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/v1/conversations", RoleRule.Conversations, List);
        routes.Get("/v1/conversations/externalId={externalId}", RoleRule.Conversations, ByExternalId);
        routes.Get("/v1/conversations/{id}", RoleRule.Conversations, Get);
        routes.Get("/v1/conversations/{id}/messages", RoleRule.Messages, Within(MessageEndpoints.Of));
        routes.Get("/v1/conversations/{id}/notes", RoleRule.Notes, Within(Notes));
        routes.Get("/v1/conversations/{id}/attachments", RoleRule.Attachments, Within(AttachmentEndpoints.Of));
        routes.Get("/v1/conversations/{id}/events", RoleRule.Events, Within(Events));
    }

    private static ApiAnswer List(ApiCall call)
    {
        var sort = call.Query("sort");
        if (sort is not (null or "desc"))
        {
            return ApiError.Titled(400, "bad_request", "Bad Request", "sort must be desc", isText: false);
        }

        if (PageRequest.Read(call, ApiList.Usual) is not { } request)
        {
            return ApiError.BadRequest("page and pageSize must be positive integers");
        }

        lock (call.Store.Gate)
        {
            var all = call.Store.ConversationsById;
            var count = all.Count;
            var page = new Conversation[Math.Clamp(count - request.Skip, 0, request.PageSize)];
            for (var position = 0; position < page.Length; position++)
            {
                var rank = request.Skip + position;
                page[position] = all[sort is null ? rank : count - 1 - rank];
            }

            return ApiList.Of(call, count, (json, rank) => ConversationWriter.Write(json, call.Store, page[rank - request.Skip]));
        }
    }

    private static ApiAnswer Get(ApiCall call)
    {
        var id = call.Route("id");
        if (!id.Contains(',', StringComparison.Ordinal))
        {
            return (call.Store.Instead.GetValueOrDefault(id) ?? call.Store.FindConversation(id)) is { } found
                ? ApiAnswer.One(json => ConversationWriter.Write(json, call.Store, found))
                : call.Missing("conversation", id);
        }

        var several = id.Split(',').Select(call.Store.FindConversation).OfType<Conversation>().Take(100).ToList();
        return ApiList.Several(several, (json, conversation) => ConversationWriter.Write(json, call.Store, conversation));
    }

    private static ApiAnswer ByExternalId(ApiCall call)
    {
        var externalId = call.Route("externalId");
        var found = externalId.StartsWith("legacy-", StringComparison.Ordinal) && int.TryParse(externalId.AsSpan(7), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? call.Store.FindByPosition(number - 1000)
            : null;
        return found is not null && found.Draw.Chance(Salt.Optional, 30)
            ? ApiAnswer.One(json => ConversationWriter.Write(json, call.Store, found))
            : ApiError.NotFound($"conversation {externalId} was not found");
    }

    private static Func<ApiCall, ApiAnswer> Within(Func<ApiCall, Conversation, ApiAnswer> endpoint) => call =>
    {
        var id = call.Route("id");
        return call.Store.FindConversation(id) is { } conversation ? endpoint(call, conversation) : call.Missing("conversation", id);
    };

    private static ApiAnswer Notes(ApiCall call, Conversation conversation) =>
        ApiList.Of(call, conversation.Notes, (json, number) => NoteWriter.Write(json, call.Store, conversation, number));

    private static ApiAnswer Events(ApiCall call, Conversation conversation)
    {
        var count = EventWriter.Count(conversation);
        var isDescending = call.Asks("sort", "desc");
        return ApiList.Of(call, count, (json, number) => EventWriter.Write(json, call.Store, conversation, isDescending ? count - 1 - number : number));
    }
}
