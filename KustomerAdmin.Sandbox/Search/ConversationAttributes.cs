using System.Text;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Dialogue;
using KustomerAdmin.Sandbox.Writing;
using Attribute = KustomerAdmin.Sandbox.Search.SearchAttribute<KustomerAdmin.Sandbox.Data.Conversation>;

namespace KustomerAdmin.Sandbox.Search;

/// <summary>The conversation attributes that search knows (developer portal, concepts/search), without their prefix "conversation_".</summary>
internal static class ConversationAttributes
{
    private static readonly Dictionary<string, Attribute> s_known = new(StringComparer.Ordinal)
    {
        ["any_text"] = Attribute.OfWords(static (_, item) => ConversationText.Subject(item)),
        ["name"] = Attribute.OfWords(static (_, item) => ConversationText.Subject(item)),
        ["ended_reason"] = Attribute.OfWords(static (_, item) => ConversationWriter.IsEnded(item) ? "ended" : null),
        ["satisfaction"] = Attribute.OfNumber(static (_, item) => ConversationLabels.IsRated(item) ? (ConversationLabels.Rating(item) - 3) / 2.0 : double.NaN),
        ["customer_id"] = Attribute.OfText(static (store, item) => store.IdOf(store.Customer(item.Customer)).ToString()),
        ["status"] = Attribute.OfList(static (_, item) => [Encoding.ASCII.GetString(ConversationWriter.StatusName(item.Status))]),
        ["channels"] = Attribute.OfList(static (_, item) => [Channels.All[item.Channel]]),
        ["reply_channel"] = Attribute.OfList(static (_, item) => [Channels.All[item.Channel]]),
        ["tags"] = Attribute.OfList(Tags),
        ["assigned_users"] = Attribute.OfList(static (store, item) => ConversationLabels.IsAssigned(item) ? [store.People.AgentOf(item).Id.ToString()] : []),
        ["assigned_teams"] = Attribute.OfList(static (store, item) => ConversationLabels.HasTeam(item) ? [store.People.TeamOf(item).Id.ToString()] : []),
        ["direction"] = Attribute.OfList(static (_, item) => [MessageThread.StartsInbound(item) ? "in" : "out"]),
        ["last_message_direction"] = Attribute.OfList(
            static (_, item) => item.Messages == 0 ? [] : [MessageThread.IsInbound(item, item.Messages - 1) ? "in" : "out"]),
        ["message_count"] = Attribute.OfNumber(static (_, item) => item.Messages),
        ["note_count"] = Attribute.OfNumber(static (_, item) => item.Notes),
        ["outbound_message_count"] = Attribute.OfNumber(static (_, item) => item.Messages - MessageThread.Inbound(item)),
        ["priority"] = Attribute.OfNumber(static (_, item) => item.Priority),
        ["satisfaction_rating"] = Attribute.OfNumber(static (_, item) => ConversationLabels.IsRated(item) ? ConversationLabels.Rating(item) : double.NaN),
        ["satisfaction_score"] = Attribute.OfNumber(
            static (_, item) => ConversationLabels.IsRated(item) ? ConversationLabels.Rating(item) > 3 ? 1 : 0 : double.NaN),
        ["ended"] = Attribute.OfYesNo(static (_, item) => ConversationWriter.IsEnded(item)),
        ["imported"] = Attribute.OfYesNo(static (_, item) => ConversationWriter.IsImported(item)),
        ["sla_breached"] = Attribute.OfYesNo(static (_, item) => ConversationLabels.IsBreached(item)),
        ["created_at"] = Attribute.OfTime(static (_, item) => item.CreatedAt),
        ["updated_at"] = Attribute.OfTime(static (_, item) => item.UpdatedAt),
        ["modified_at"] = Attribute.OfTime(static (_, item) => Math.Min(MessageThread.LastMessageAt(item) + 900, item.UpdatedAt)),
        ["ended_at"] = Attribute.OfTime(static (_, item) => ConversationWriter.IsEnded(item) ? item.UpdatedAt - 50 : null),
        ["imported_at"] = Attribute.OfTime(static (_, item) => ConversationWriter.IsImported(item) ? item.CreatedAt + 86_400_000 : null),
        ["last_message_at"] = Attribute.OfTime(static (_, item) => item.Messages == 0 ? null : MessageThread.LastMessageAt(item)),
        ["last_message_sent_at"] = Attribute.OfTime(static (_, item) => item.Messages == 0 ? null : MessageThread.LastMessageAt(item)),
        ["last_done_created_at"] = Attribute.OfTime(static (_, item) => item.Status == ConversationStatus.Done ? item.UpdatedAt - 100 : null),
    };

    private static readonly Dictionary<AttributeKind, string> s_unfilled = new()
    {
        [AttributeKind.Text] = "sub_status campaign_id default_lang sla_version_id",
        [AttributeKind.List] = "queue external_queue sentiment modified_by first_response_created_by last_response_created_by first_done_created_by "
            + "last_done_created_by last_done_created_by_teams first_message_in_channel first_message_out_channel first_message_in_direction_type "
            + "first_message_out_direction_type satisfaction_survey_id satisfaction_sent_by satisfaction_sent_by_teams satisfaction_status sla_id sla_status sla_breach_metric",
        [AttributeKind.Number] = "first_response_time",
        [AttributeKind.Time] = "last_message_out_sent_at last_message_unresponded_to_sent_at first_response_sent_at first_message_in_sent_at "
            + "first_message_out_sent_at satisfaction_created_at sla_breach_at sla_satisfied_at",
    };

    static ConversationAttributes()
    {
        foreach (var (kind, names) in s_unfilled)
        {
            foreach (var name in names.Split(' '))
            {
                s_known.Add(name, Attribute.Unfilled(kind));
            }
        }

        for (var position = 0; position < CustomFields.All.Length; position++)
        {
            s_known.Add("custom_" + CustomFields.All[position].Name, Custom(position));
        }
    }

    public static Attribute? Find(string name) => s_known.GetValueOrDefault(name);

    private static string[] Tags(OrganizationStore store, Conversation conversation)
    {
        Span<ObjectId> tags = stackalloc ObjectId[ConversationLabels.MostTags];
        var names = new string[ConversationLabels.Tags(store, conversation, tags)];
        for (var position = 0; position < names.Length; position++)
        {
            names[position] = tags[position].ToString();
        }

        return names;
    }

    private static Attribute Custom(int position)
    {
        return CustomFields.All[position].Type switch
        {
            CustomType.Number => Attribute.OfNumber((_, item) => Has(item) ? CustomValues.Of(item, position).Number : double.NaN),
            CustomType.Date => Attribute.OfTime((_, item) => Has(item) ? CustomValues.Of(item, position).Date : null),
            CustomType.YesNo => Attribute.OfYesNo((_, item) => Has(item) && CustomValues.Of(item, position).IsTrue),
            CustomType.Reference => Attribute.OfText(
                (store, item) => Has(item) ? store.Ids.Fixed(ResourceKind.Order, CustomValues.Of(item, position).Reference).ToString() : null),
            _ => Attribute.OfText((_, item) => Has(item) ? CustomValues.Of(item, position).Text : null),
        };

        bool Has(Conversation conversation) => CustomValues.Has(conversation, position);
    }
}
