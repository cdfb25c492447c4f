using System.Globalization;
using System.Text.Json;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Problems;

/// <summary>What is told of a problem. It holds no secret and no text of a ticket.</summary>
/// <param name="Event"><c>problem.opened</c>, <c>problem.closed</c> or <c>test</c>.</param>
internal sealed record NotificationMessage(long DeliveryId, string Event, string Instance, ProblemKind? Kind, string Cause, string Affects, string NextStep, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static NotificationMessage Of(NotificationDelivery delivery, Problem problem, Instance instance) => new(
        delivery.Id, delivery.IsOver ? "problem.closed" : "problem.opened", instance.Name, problem.Kind,
        problem.Cause, problem.Affects, problem.NextStep, problem.OpenedAt, delivery.IsOver ? problem.ClosedAt : null);

    public static NotificationMessage Test(Instance instance, DateTimeOffset now) =>
        new(0, "test", instance.Name, null, "This is a test. Nothing is wrong.", "Nothing.", "None.", now, null);

    public string Subject => Event switch
    {
        "problem.closed" => $"[KustomerAdmin] {Instance}: over",
        "test" => $"[KustomerAdmin] {Instance}: test",
        _ => $"[KustomerAdmin] {Instance}: {ProblemWords.TitleOf(Kind!.Value)}",
    };

    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        {Instance}: {(Kind is { } kind ? ProblemWords.TitleOf(kind) : "Test")}{(ClosedAt is { } over ? $" - over since {over:yyyy-MM-dd HH:mm} UTC" : "")}

        {Cause}
        Since: {OpenedAt:yyyy-MM-dd HH:mm} UTC
        Affects: {Affects}
        {(ClosedAt is null ? $"Next step: {NextStep}" : "Nothing has to be done.")}
        """);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new { id = DeliveryId, @event = Event, instance = Instance, kind = Kind?.ToString(), cause = Cause, affects = Affects, nextStep = NextStep, openedAt = OpenedAt, closedAt = ClosedAt }, s_json);
}
