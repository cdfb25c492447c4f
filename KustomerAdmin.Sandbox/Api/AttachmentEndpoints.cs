using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

internal static class AttachmentEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/v1/messages/{messageId}/attachments/{id}", RoleRule.Attachments, OfMessage);
        routes.Get("/v1/attachments/{id}", RoleRule.Attachments, Get);
    }

    public static ApiAnswer Of(ApiCall call, Conversation conversation)
    {
        var all = Enumerable.Range(0, conversation.Messages).SelectMany(number => Attachments.Of(call.Store, conversation, number)).ToList();
        var writer = Writer(call);
        return ApiList.Of(call, all.Count, (json, position) => writer.Write(json, all[position]));
    }

    public static AttachmentWriter Writer(ApiCall call) => new(call.Store, call.State.BaseAddress, call.State.Options.Clock.GetUtcNow());

    private static ApiAnswer OfMessage(ApiCall call)
    {
        var id = call.Route("id");
        return Find(call, id) is { } found && string.Equals(found.MessageId.ToString(), call.Route("messageId"), StringComparison.Ordinal)
            ? ApiAnswer.One(json => Writer(call).Write(json, found))
            : call.Missing("attachment", id);
    }

    /// <summary>Outbound only, as the developer portal says of this path.</summary>
    private static ApiAnswer Get(ApiCall call)
    {
        var id = call.Route("id");
        if (!id.Contains(',', StringComparison.Ordinal))
        {
            return FindOutbound(call, id) is { } found ? ApiAnswer.One(json => Writer(call).Write(json, found)) : call.Missing("attachment", id);
        }

        var several = id.Split(',').Select(one => FindOutbound(call, one)).OfType<Attachment>().ToList();
        return ApiList.Several(several, Writer(call).Write);
    }

    private static Attachment? FindOutbound(ApiCall call, string id)
    {
        var found = Find(call, id);
        var conversation = found is null ? null : call.Store.FindByPosition(found.MessageId.Index);
        return conversation is not null && !MessageThread.IsInbound(conversation, found!.MessageId.Part) ? found : null;
    }

    private static Attachment? Find(ApiCall call, string id) => ObjectId.TryParse(id, out var parsed) ? Attachments.Find(call.Store, parsed) : null;
}
