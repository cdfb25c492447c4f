using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Usage;

namespace KustomerAdmin.Tickets.Missing;

/// <summary>Whether Kustomer has a conversation, for one request. For <see cref="TicketFinder"/>, which has checked who asks.</summary>
public sealed class LiveLookup(InstanceClients clients)
{
    internal async Task<LiveAnswer> AskAsync(Actor actor, Instance instance, string kustomerId, CancellationToken cancellationToken)
    {
        var meter = new RequestMeter();
        using var client = await clients.OpenAsync(instance.Id, new RequestCause(RequestPurpose.TicketLookup) { CausedBy = actor.Name }, meter, cancellationToken);
        return client is null ? new LiveAnswer.NotAsked() : await AskAsync(client, kustomerId, cancellationToken) with { Requests = meter.Sent };
    }

    private static async Task<LiveAnswer> AskAsync(KustomerClient client, string kustomerId, CancellationToken cancellationToken)
    {
        try
        {
            // Of a merged one Kustomer may answer with the other that it was merged into.
            var conversation = await client.GetConversationAsync(kustomerId, cancellationToken);
            return !string.Equals(conversation.Id, kustomerId, StringComparison.Ordinal) ? new LiveAnswer.Another(conversation.Id)
                : conversation.Attributes.IsTrue("deleted") ? new LiveAnswer.Deleted()
                : new LiveAnswer.There(conversation.UpdatedAt);
        }
        catch (RecordNotFoundException)
        {
            return new LiveAnswer.NotThere();
        }
        catch (KustomerException exception)
        {
            return new LiveAnswer.Failed(exception.Message, exception is UnexpectedAnswerException { Answer: UnexpectedAnswer.Malformed or UnexpectedAnswer.TooLarge });
        }
    }
}

/// <summary>What Kustomer says of one conversation.</summary>
internal abstract record LiveAnswer
{
    private LiveAnswer()
    {
    }

    public int Requests { get; init; }

    public sealed record There(DateTimeOffset UpdatedAt) : LiveAnswer;

    public sealed record Deleted : LiveAnswer;

    public sealed record Another(string KustomerId) : LiveAnswer;

    public sealed record NotThere : LiveAnswer;

    /// <summary>The instance has no usable key.</summary>
    public sealed record NotAsked : LiveAnswer;

    /// <param name="IsThere">There is something, in a form that cannot be read.</param>
    public sealed record Failed(string Problem, bool IsThere) : LiveAnswer;
}
