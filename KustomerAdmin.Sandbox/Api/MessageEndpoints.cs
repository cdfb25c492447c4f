using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

internal static class MessageEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/v1/messages/{id}", RoleRule.Messages, Get);
        routes.Get("/v1/notes/{id}", RoleRule.Notes, Note);
    }

    public static ApiAnswer Of(ApiCall call, Conversation conversation)
    {
        if (call.Query("include") is not (null or "attachments"))
        {
            return ApiError.Titled(400, "bad_request", "Bad Request", "include supports only attachments", isText: false);
        }

        var includes = call.Query("include") is not null;
        var messages = new MessageWriter(call.Store, conversation);
        return ApiList.Of(
            call,
            conversation.Messages,
            (json, number) => messages.Write(json, number, includes),
            included: includes ? (json, from, to) => Included(json, call, conversation, from, to) : null);
    }

    private static void Included(ApiJson json, ApiCall call, Conversation conversation, int from, int to)
    {
        var attachments = AttachmentEndpoints.Writer(call);
        json.Out.WriteStartArray("included"u8);
        for (var number = from; number < to; number++)
        {
            foreach (var attachment in Attachments.Of(call.Store, conversation, number))
            {
                attachments.WriteIncluded(json, attachment);
            }
        }

        json.Out.WriteEndArray();
    }

    private static ApiAnswer Get(ApiCall call)
    {
        var id = call.Route("id");
        var found = Find(call, id);
        return found is { } message
            ? ApiAnswer.One(json => new MessageWriter(call.Store, message.Conversation).Write(json, message.Number, hasAttachments: true))
            : call.Missing("message", id);
    }

    private static (Conversation Conversation, int Number)? Find(ApiCall call, string id)
    {
        if (!ObjectId.TryParse(id, out var parsed) || !call.Store.Ids.IsOf(ResourceKind.Message, parsed))
        {
            return null;
        }

        var conversation = call.Store.FindByPosition(parsed.Index);
        return conversation is not null && parsed.Part < conversation.Messages && new MessageWriter(call.Store, conversation).IdOf(parsed.Part) == parsed
            ? (conversation, parsed.Part)
            : null;
    }

    private static ApiAnswer Note(ApiCall call)
    {
        var id = call.Route("id");
        var conversation = ObjectId.TryParse(id, out var parsed) && call.Store.Ids.IsOf(ResourceKind.Note, parsed) ? call.Store.FindByPosition(parsed.Index) : null;
        return conversation is not null && parsed.Part < conversation.Notes
            ? ApiAnswer.One(json => NoteWriter.Write(json, call.Store, conversation, parsed.Part))
            : call.Missing("note", id);
    }
}
