using System.Globalization;

namespace KustomerAdmin.Sandbox.Data;

internal static class CustomValues
{
    private const long Day = 86_400_000;

    /// <summary>One in 83 has none at all, and Kustomer then leaves the whole object out.</summary>
    public static bool HasAny(Conversation conversation) => conversation.Index % 83 != 11;

    public static bool Has(Conversation conversation, int field) => HasAny(conversation) &&
        conversation.Draw.Chance(Salt.Custom, CustomFields.All[field].Percent, field);

    public static CustomValue Of(Conversation conversation, int position)
    {
        var field = CustomFields.All[position];
        var draw = conversation.Draw;
        return field.Type switch
        {
            CustomType.Text => new(Text: PlainText(conversation, field, position)),
            CustomType.LongText => new(Text: LongText(conversation)),
            CustomType.Number => new(Number: Number(conversation, field, position)),
            CustomType.Date => new(Date: (conversation.CreatedAt / Day * Day) + ((draw.Below(Salt.CustomValue, 20, position) - 5) * Day)),
            CustomType.YesNo => new(IsTrue: draw.Chance(Salt.CustomValue, 30, position)),
            CustomType.Address => new(Text: Address(conversation, field)),
            CustomType.Reference => new(Reference: draw.Below(Salt.CustomValue, 1_000_000, position)),
            CustomType.Tree => new(Text: CustomFields.TreeValue(conversation, field)),
            _ => default,
        };
    }

    public static int OrderNumber(Conversation conversation) => 10_000 + conversation.Draw.Below(Salt.Order, 890_000);

    private static string PlainText(Conversation conversation, CustomField field, int position) => field switch
    {
        { Values.Length: > 0 } => conversation.Draw.Pick(Salt.CustomValue, field.Values, position),
        { Name: "orderNumberStr" } => OrderNumber(conversation).ToString(CultureInfo.InvariantCulture),
        { Name: "birthDateStr" } => string.Create(CultureInfo.InvariantCulture, $"{1950 + conversation.Draw.Below(Salt.CustomValue, 55, position)}-04-12"),
        _ => string.Create(CultureInfo.InvariantCulture, $"KA-{conversation.Draw.Below(Salt.CustomValue, 400, position):D4}"),
    };

    private static double Number(Conversation conversation, CustomField field, int position) => field.Name switch
    {
        "orderValueNum" => conversation.Draw.Skewed(Salt.CustomValue, 990, 90_000, position) / 100.0,
        "refundNum" => conversation.Draw.Skewed(Salt.CustomValue, 0, 20_000, position) / 100.0,
        "itemsNum" => 1 + conversation.Draw.Below(Salt.CustomValue, 6, position),
        "npsScoreNum" => conversation.Draw.Below(Salt.CustomValue, 11, position),
        _ => conversation.Draw.Below(Salt.CustomValue, 1000, position + (100 * conversation.Changes)) / 1000.0,
    };

    private static string LongText(Conversation conversation) => string.Create(
        CultureInfo.InvariantCulture, $"Order {OrderNumber(conversation)}: {Dialogue.ConversationText.Topic(conversation).Reason}\nAgreed with the customer, to be checked by the team lead.");

    private static string Address(Conversation conversation, CustomField field) => string.Equals(field.Name, "trackingUrl", StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"https://tracking.example/p/{OrderNumber(conversation)}?lang=en")
        : string.Create(CultureInfo.InvariantCulture, $"https://shop.example/orders/{OrderNumber(conversation)}");
}
