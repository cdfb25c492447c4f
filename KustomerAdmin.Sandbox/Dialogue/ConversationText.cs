using System.Globalization;
using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Dialogue;

/// <summary>
/// Every free text ends in a marker word, so that a search over a database, a log or a trace proves whether a text was kept anywhere.
/// </summary>
internal static class ConversationText
{
    public static Topic Topic(Conversation conversation) => conversation.Draw.Pick(Salt.Topic, Topics.All);

    public static string? Subject(Conversation conversation)
    {
        if (conversation.Name is not null || AwkwardTexts.HasNoSubject(conversation.Index))
        {
            return conversation.Name;
        }

        return AwkwardTexts.Subject(conversation.Index)
            ?? Fill(conversation.Draw.Pick(Salt.Subject, Topic(conversation).Subjects), conversation, "", "");
    }

    public static string Preview(Conversation conversation, string customer) =>
        Shorten(Fill(conversation.Draw.Pick(Salt.Text, Topic(conversation).Openings), conversation, customer, "")) + Marker(" previewtext-", conversation, 0);

    public static string Message(Conversation conversation, int number, bool isInbound, string customer, string agent)
    {
        var topic = Topic(conversation);
        var isLast = number == conversation.GeneratedMessages - 1 && number > 1;
        var choices = (number, isInbound, isLast) switch
        {
            (0, true, _) => topic.Openings,
            (_, true, true) => Dialogue.Topic.Thanks,
            (_, true, false) => topic.FollowUps,
            (_, false, true) => Dialogue.Topic.Closings,
            (_, false, false) => topic.Replies,
        };
        var text = number == 0 ? conversation.Draw.Pick(Salt.Text, choices) : choices[(conversation.Draw.Below(Salt.Text, 3) + (number / 2)) % choices.Length];
        return Fill(text, conversation, customer, agent) + Marker("\n\n[msgtext-", conversation, number) + "]";
    }

    public static string Note(Conversation conversation, int number)
    {
        var notes = Topic(conversation).Notes;
        return notes[(conversation.Index + number) % notes.Length] + Marker(" [notetext-", conversation, number) + "]";
    }

    public static string Answer(Conversation conversation) => conversation.Draw.Pick(Salt.Answer, Dialogue.Topic.Thanks) + Marker(" answertext-", conversation, 0);

    public static string Deflection(Conversation conversation) => Subject(conversation) + Marker(" msgtext-", conversation, 0xFFFF);

    private static string Fill(string template, Conversation conversation, string customer, string agent) => template
        .Replace("{order}", "#" + CustomValues.OrderNumber(conversation).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{customer}", customer.Length == 0 ? "there" : customer.Split(' ')[0], StringComparison.Ordinal)
        .Replace("{agent}", agent, StringComparison.Ordinal);

    private static string Shorten(string text) => text.Length <= 90 ? text : text[..89] + "…";

    private static string Marker(string start, Conversation conversation, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{start}{conversation.Index:x6}{number:x4}");
}
