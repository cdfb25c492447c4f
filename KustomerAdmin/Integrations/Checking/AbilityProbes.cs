using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Integrations.Checking;

/// <summary>Tries each part of opening a ticket, all at once. What fails costs its part only and is a warning that names it.</summary>
/// <param name="ticket">Any one; null when the organisation has none yet, and the roles have to tell.</param>
internal sealed class AbilityProbes(KustomerClient client, KeyRoles? roles, Conversation? ticket)
{
    /// <summary>Of a hundred tags each. Few organisations have more than one.</summary>
    private const int MostPagesOfTags = 5;

    private readonly List<Tag> _tags = [];

    /// <summary>Once they were read.</summary>
    public IReadOnlyList<Tag> Tags => _tags;

    public async Task<CheckLine[]> RunAsync(CancellationToken cancellationToken)
    {
        var (id, customer) = (ticket?.Id, ticket?.CustomerId);
        return await Task.WhenAll(
            TryAsync(KeyAbility.Conversations, id is null ? null : () => client.GetConversationAsync(id, cancellationToken)),
            TryAsync(KeyAbility.Customers, customer is null ? null : () => client.GetCustomerAsync(customer, cancellationToken)),
            TryAsync(KeyAbility.Messages, id is null ? null : () => FirstAsync(client.GetMessagesAsync(id, expected: 0, cancellationToken))),
            TryAsync(KeyAbility.Notes, id is null ? null : () => FirstAsync(client.GetNotesAsync(id, cancellationToken))),

            // To try it a ticket with an attachment would have to be found first.
            Task.FromResult(Judge(KeyAbility.Attachments)),
            TryAsync(KeyAbility.Tags, () => ReadTagsAsync(cancellationToken)),
            TryAsync(KeyAbility.Fields, () => client.GetConversationFieldsAsync(cancellationToken)),
            TryAsync(KeyAbility.People, () => FirstAsync(client.GetUsersAsync(cancellationToken))));
    }

    private async Task<CheckLine> TryAsync(KeyAbility ability, Func<Task>? askAsync)
    {
        if (askAsync is null)
        {
            return Judge(ability);
        }

        try
        {
            await askAsync();
            return new CheckLine(ability.Name, CheckOutcome.Passed, "Works.") { IsNeeded = false };
        }
        catch (RecordNotFoundException)
        {
            // Deleted a moment ago.
            return Judge(ability);
        }
        catch (RoleMissingException)
        {
            return Lacks(ability);
        }
        catch (KustomerException exception)
        {
            return CheckLine.Of(ability.Name, exception) with { IsNeeded = false };
        }
    }

    private CheckLine Judge(KeyAbility ability) =>
        roles is null ? new CheckLine(ability.Name, CheckOutcome.NotTested, $"Kustomer does not say which roles the key has; it needs {ability.Role}.") { IsNeeded = false }
        : roles.Grants(ability.Role) ? new CheckLine(ability.Name, CheckOutcome.Passed, "Allowed by the key's roles.") { IsNeeded = false }
        : Lacks(ability);

    private static CheckLine Lacks(KeyAbility ability) =>
        new(ability.Name, CheckOutcome.Warning, $"{char.ToUpperInvariant(ability.Loss[0])}{ability.Loss[1..]}: the key lacks {ability.Role}.") { IsNeeded = false, IsLack = true };

    private async Task ReadTagsAsync(CancellationToken cancellationToken)
    {
        await foreach (var page in client.GetTagsAsync(cancellationToken).Take(MostPagesOfTags))
        {
            _tags.AddRange(page.Records);
        }
    }

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> pages)
    {
        await foreach (var _ in pages)
        {
            return;
        }
    }
}
