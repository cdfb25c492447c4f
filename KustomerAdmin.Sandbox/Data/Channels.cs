namespace KustomerAdmin.Sandbox.Data;

internal static class Channels
{
    /// <summary>The last two are not in Kustomer's list: responses may name channels that a client has never heard of.</summary>
    public static readonly string[] All =
        ["email", "chat", "sms", "whatsapp", "voice", "instagram", "facebook", "form", "twitter-dm", "instagram-comment", "tiktok-dm", "carrier-pigeon"];

    private static readonly int[] s_cumulativePercent = [46, 68, 76, 83, 88, 91, 94, 97, 98, 99];

    public static string App(byte channel) => All[channel] switch
    {
        "email" or "form" => "postmark",
        "sms" or "voice" => "twilio",
        "chat" => "chat",
        var other => other,
    };

    public static byte Of(Draw draw, int index)
    {
        if (index % 149 == 60)
        {
            return (byte)(10 + (index / 149 % 2));
        }

        var percent = draw.Below(Salt.Channel, 100);
        var position = Array.FindIndex(s_cumulativePercent, share => percent < share);
        return (byte)(position < 0 ? 0 : position);
    }
}
