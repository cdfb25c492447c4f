using static KustomerAdmin.Sandbox.Data.CustomType;

namespace KustomerAdmin.Sandbox.Data;

/// <summary>The definitions an organisation's admins have collected over the years: most in use, some never, one deleted.</summary>
internal static class CustomFields
{
    public static readonly CustomField[] All =
    [
        new("orderNumberStr", "Order number", Text, 82),
        new("contactReasonTree", "Contact reason", Tree, 90),
        new("regionStr", "Region", Text, 88, "EMEA", "APAC", "North America", "LATAM"),
        new("countryStr", "Country", Text, 70, "US", "DE", "GB", "FR", "IT", "ES", "PL", "SE", "IN", "JP", "AU", "CA"),
        new("productLineStr", "Product line", Text, 66, "Kitchen", "Garden", "Audio", "Outdoor", "Furniture", "Coffee"),
        new("skuStr", "SKU", Text, 45),
        new("orderValueNum", "Order value", Number, 72),
        new("refundNum", "Refund amount", Number, 24),
        new("itemsNum", "Items in order", Number, 60),
        new("npsScoreNum", "NPS score", Number, 18),
        new("riskScoreNum", "Risk score", Number, 35),
        new("escalatedBool", "Escalated", YesNo, 55),
        new("vipBool", "VIP", YesNo, 62),
        new("firstOrderBool", "First order", YesNo, 58),
        new("dueAt", "Due", Date, 40),
        new("orderedAt", "Ordered at", Date, 68),
        new("deliveredAt", "Delivered at", Date, 44),
        new("warrantyUntilAt", "Warranty until", Date, 22),
        new("trackingUrl", "Tracking page", Address, 47),
        new("orderUrl", "Order page", Address, 52),
        new("orderId", "Order", Reference, 63),
        new("relatedOrderIds", "Related orders", Reference, 9),
        new("resolutionTree", "Resolution", Tree, 58),
        new("summaryTxt", "Case summary", LongText, 26),
        new("internalRemarkTxt", "Remark of finance", LongText, 7),
        new("carrierStr", "Carrier", Text, 50, "DHL", "UPS", "FedEx", "DPD", "Hermes", "Royal Mail"),
        new("birthDateStr", "Date of birth", Text, 4),
        new("languageStr", "Language", Text, 64, "en", "de", "fr", "es", "it", "pl"),
        new("betaProgramBool", "Beta programme", YesNo, 0),
        new("legacyQueueStr", "Queue in the old system", Text, 0),
        new("loyaltyTierStr", "Loyalty tier", Text, 0, "Bronze", "Silver", "Gold"),
        new("oldReasonStr", "Reason (old)", Text, 3, "A1", "B2", "C3") { IsDeleted = true },
    ];

    private static readonly string[] s_resolutions = ["replaced.new item", "replaced.part", "refunded.full", "refunded.partial", "explained", "no action.customer solved it"];

    public static string TreeValue(Conversation conversation, CustomField field) => string.Equals(field.Name, "contactReasonTree", StringComparison.Ordinal)
        ? Dialogue.ConversationText.Topic(conversation).Reason
        : conversation.Draw.Pick(Salt.CustomValue, s_resolutions, 1000);
}
