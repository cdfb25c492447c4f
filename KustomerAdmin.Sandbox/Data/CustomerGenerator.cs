namespace KustomerAdmin.Sandbox.Data;

/// <summary>Customers and their counts, derived from the conversations so that both always agree.</summary>
internal static class CustomerGenerator
{
    public static List<Customer> Generate(int seed, string subdomain, int count, List<Conversation> conversations, long anchor)
    {
        var draw = Draw.Of(seed, subdomain + "/customers");
        var positions = Positions(conversations, count);
        var all = new List<Customer>(count + 16);
        for (var index = 0; index < count; index++)
        {
            all.Add(One(index, draw.At(index), positions[index], conversations, anchor));
        }

        return all;
    }

    private static Customer One(int index, Draw draw, int[] positions, List<Conversation> conversations, long anchor)
    {
        var firstAt = positions.Length > 0 ? conversations[positions[0]].CreatedAt : anchor - draw.Skewed(Salt.Age, ConversationGenerator.Day, 700 * ConversationGenerator.Day);
        var createdAt = firstAt - 1000 - draw.Skewed(Salt.Age, 0, 200 * ConversationGenerator.Day, 1);
        var updatedAt = firstAt;
        var customer = new Customer { Index = index, Draw = draw, CreatedAt = createdAt, UpdatedAt = updatedAt, Conversations = positions };
        foreach (var position in positions)
        {
            var conversation = conversations[position];
            customer = customer.Count(conversation.Status, 1);
            updatedAt = Math.Max(updatedAt, Math.Min(conversation.UpdatedAt, anchor) + 40);
        }

        return customer with { UpdatedAt = updatedAt };
    }

    private static int[][] Positions(List<Conversation> conversations, int count)
    {
        var sizes = new int[count];
        foreach (var conversation in conversations)
        {
            sizes[conversation.Customer]++;
        }

        var positions = Array.ConvertAll(sizes, size => new int[size]);
        foreach (var conversation in conversations)
        {
            var own = positions[conversation.Customer];
            own[^sizes[conversation.Customer]--] = conversation.Index;
        }

        return positions;
    }
}
