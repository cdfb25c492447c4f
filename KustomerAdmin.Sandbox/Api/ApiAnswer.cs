using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>What an endpoint decided; the body is written once the answer is on its way.</summary>
internal sealed record ApiAnswer(int Status, Action<ApiJson>? Write)
{
    public static ApiAnswer Ok(Action<ApiJson> write) => new(StatusCodes.Status200OK, write);

    public static ApiAnswer NoContent { get; } = new(StatusCodes.Status204NoContent, null);

    /// <summary>One resource in its envelope.</summary>
    public static ApiAnswer One(Action<ApiJson> write, int status = StatusCodes.Status200OK) => new(status, json =>
    {
        json.Out.WriteStartObject();
        json.Out.WritePropertyName("data"u8);
        write(json);
        json.Out.WriteEndObject();
    });
}
