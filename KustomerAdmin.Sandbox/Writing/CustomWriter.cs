using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Writing;

internal static class CustomWriter
{
    private static readonly byte[][] s_names = Array.ConvertAll(CustomFields.All, static field => System.Text.Encoding.UTF8.GetBytes(field.Name));

    public static void Write(ApiJson json, OrganizationStore store, Conversation conversation)
    {
        if (!CustomValues.HasAny(conversation))
        {
            return;
        }

        json.Out.WriteStartObject("custom"u8);
        for (var position = 0; position < CustomFields.All.Length; position++)
        {
            if (CustomValues.Has(conversation, position))
            {
                Value(json, store, conversation, position);
            }
        }

        json.Out.WriteEndObject();
    }

    private static void Value(ApiJson json, OrganizationStore store, Conversation conversation, int position)
    {
        var name = s_names[position];
        var value = CustomValues.Of(conversation, position);
        switch (CustomFields.All[position].Type)
        {
            case CustomType.Number:
                json.Out.WriteNumber(name, value.Number);
                break;
            case CustomType.Date:
                json.Time(name, value.Date);
                break;
            case CustomType.YesNo:
                json.Out.WriteBoolean(name, value.IsTrue);
                break;
            case CustomType.Reference when name.AsSpan().EndsWith("Ids"u8):
                json.Ids(name, store.Ids.Fixed(ResourceKind.Order, value.Reference), store.Ids.Fixed(ResourceKind.Order, value.Reference + 1));
                break;
            case CustomType.Reference:
                json.Id(name, store.Ids.Fixed(ResourceKind.Order, value.Reference));
                break;
            case CustomType.Text or CustomType.LongText or CustomType.Address or CustomType.Tree:
                json.Out.WriteString(name, value.Text);
                break;
        }
    }
}
