namespace KustomerAdmin.Sandbox.Data;

/// <summary>Order, direction and time of a conversation's messages and notes, each told from its number alone.</summary>
internal static class MessageThread
{
    private const int Pattern = 5;

    /// <summary>Two of five are the customer's: question, answer, question, answer, follow-up of the agent.</summary>
    public static bool IsInbound(Conversation conversation, int number) => ((number + Shift(conversation)) % Pattern) is 0 or 2;

    public static bool StartsInbound(Conversation conversation) => Shift(conversation) == 0;

    public static int Inbound(Conversation conversation)
    {
        var whole = conversation.Messages / Pattern;
        var inbound = whole * 2;
        for (var number = whole * Pattern; number < conversation.Messages; number++)
        {
            inbound += IsInbound(conversation, number) ? 1 : 0;
        }

        return inbound;
    }

    public static long SentAt(Conversation conversation, int number)
    {
        if (number >= conversation.GeneratedMessages)
        {
            return conversation.AddedMessages[number - conversation.GeneratedMessages];
        }

        if (number == 0)
        {
            return conversation.CreatedAt;
        }

        var last = conversation.GeneratedMessages - 1;
        if (number == last)
        {
            return conversation.LastMessageAt;
        }

        var step = (conversation.LastMessageAt - conversation.CreatedAt) / last;
        return conversation.CreatedAt + (step * number) + (long)(step * 0.7 * conversation.Draw.Unit(Salt.MessageTime, number));
    }

    public static long NotedAt(Conversation conversation, int number)
    {
        var span = conversation.LastMessageAt - conversation.CreatedAt;
        return conversation.CreatedAt + 1000 + (span / (conversation.Notes + 1) * (number + 1));
    }

    public static long LastMessageAt(Conversation conversation) =>
        conversation.AddedMessages.Length > 0 ? conversation.AddedMessages[^1] : conversation.LastMessageAt;

    /// <summary>Position of the first or last message of a direction, -1 when there is none.</summary>
    public static int First(Conversation conversation, bool isInbound)
    {
        for (var number = 0; number < Math.Min(conversation.Messages, Pattern); number++)
        {
            if (IsInbound(conversation, number) == isInbound)
            {
                return number;
            }
        }

        return -1;
    }

    public static int Last(Conversation conversation, bool isInbound)
    {
        for (var number = conversation.Messages - 1; number >= Math.Max(0, conversation.Messages - Pattern); number--)
        {
            if (IsInbound(conversation, number) == isInbound)
            {
                return number;
            }
        }

        return -1;
    }

    private static int Shift(Conversation conversation) => conversation.Draw.Chance(Salt.Direction, 88) ? 0 : 1;
}
