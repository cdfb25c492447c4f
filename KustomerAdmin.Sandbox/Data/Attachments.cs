namespace KustomerAdmin.Sandbox.Data;

/// <summary>Files of messages: harmless ones mostly, and some as hostile as real inboxes get.</summary>
internal static class Attachments
{
    private const int PerMessage = 4;

    private static readonly AttachmentSample[] s_usual =
    [
        new("photo.png", "image/png", AttachmentContent.Image),
        new("invoice.pdf", "application/pdf", AttachmentContent.Document),
        new("damage label.png", "image/png", AttachmentContent.Image),
        new("receipt.txt", "text/plain", AttachmentContent.Text),
        new("orders.csv", "text/csv", AttachmentContent.Table),
        new("Rücksendung – Beleg.pdf", "application/pdf", AttachmentContent.Document),
    ];

    private static readonly AttachmentSample[] s_awkward =
    [
        new("empty.txt", "text/plain", AttachmentContent.Nothing),
        new("../../x", "application/octet-stream", AttachmentContent.Text),
        new("invoice\u202Egnp.exe", "application/octet-stream", AttachmentContent.Text),
        new("CON", "text/plain", AttachmentContent.Text),
        new("screen recording.mp4", "video/mp4", AttachmentContent.Large),
        new("passport.png", "image/png", AttachmentContent.Image) { IsRedacted = true },
        new("shared elsewhere.pdf", "application/pdf", AttachmentContent.Document) { ExternalAddress = "https://files.example/shared/elsewhere.pdf" },
        new("not really an image.png", "image/png", AttachmentContent.Page),
        new("line\r\nbreak\";.txt", "text/plain", AttachmentContent.Text),
        new(new string('n', 300) + ".txt", "text/plain", AttachmentContent.Text),
        new("page.html", "text/html", AttachmentContent.Page),
        new("archive.zip", "application/zip", AttachmentContent.Archive),
    ];

    public static IEnumerable<Attachment> Of(OrganizationStore store, Conversation conversation, int number)
    {
        var count = Count(conversation, number);
        for (var position = 0; position < count; position++)
        {
            yield return At(store, conversation, number, position);
        }
    }

    public static Attachment? Find(OrganizationStore store, ObjectId id)
    {
        var conversation = store.Ids.IsOf(ResourceKind.Attachment, id) ? store.FindByPosition(id.Index) : null;
        var (number, position) = (id.Part / PerMessage, id.Part % PerMessage);
        if (conversation is null || number >= conversation.Messages || position >= Count(conversation, number))
        {
            return null;
        }

        var found = At(store, conversation, number, position);
        return found.Id == id ? found : null;
    }

    private static int Count(Conversation conversation, int number)
    {
        if (conversation.IsShowcase)
        {
            return number < s_awkward.Length ? 1 : number == s_awkward.Length ? PerMessage : 0;
        }

        return conversation.Draw.Chance(Salt.Attachment, 10, number) ? 1 + (conversation.Draw.Below(Salt.Attachment, 5, 10_000 + number) / 3) : 0;
    }

    private static Attachment At(OrganizationStore store, Conversation conversation, int number, int position)
    {
        var sentAt = MessageThread.SentAt(conversation, number);
        return new Attachment(
            store.Ids.Make(ResourceKind.Attachment, sentAt, conversation.Index, (number * PerMessage) + position),
            store.Ids.Make(ResourceKind.Message, sentAt, conversation.Index, number),
            sentAt,
            Sample(conversation, number, position));
    }

    private static AttachmentSample Sample(Conversation conversation, int number, int position)
    {
        if (conversation.IsShowcase && number < s_awkward.Length)
        {
            return s_awkward[number];
        }

        var chance = conversation.Draw.Below(Salt.AttachmentKind, 1000, (number * PerMessage) + position);
        return chance < 25 ? s_awkward[chance % s_awkward.Length] : s_usual[chance % s_usual.Length];
    }
}
