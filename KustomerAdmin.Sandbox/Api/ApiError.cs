using System.Globalization;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>Kustomer answers errors in two shapes (developer portal, concepts/errors); which one depends on the place.</summary>
internal static class ApiError
{
    public static ApiAnswer BadRequest(string message) => Plain(400, "bad_request", message);

    public static ApiAnswer Unauthorized(string message) => Plain(401, "unauthorized", message);

    public static ApiAnswer Forbidden(string message) => Plain(403, "forbidden", message);

    public static ApiAnswer TooManyRequests() => Plain(429, "rate_limit_exceeded", "Too many requests");

    public static ApiAnswer NotFound(string detail) => Titled(404, "notfound", "Not Found", detail, isText: true);

    /// <summary>Shape one.</summary>
    public static ApiAnswer Plain(int status, string code, string message) => new(status, json =>
    {
        json.Out.WriteStartObject();
        json.Out.WriteStartArray("errors"u8);
        json.Out.WriteStartObject();
        json.Out.WriteString("code"u8, code);
        json.Out.WriteString("message"u8, message);
        json.Out.WriteEndObject();
        json.Out.WriteEndArray();
        json.Out.WriteEndObject();
    });

    /// <summary>Shape two; its status is seen as text and as a number.</summary>
    public static ApiAnswer Titled(int status, string code, string title, string detail, bool isText) => new(status, json =>
    {
        json.Out.WriteStartObject();
        json.Out.WriteStartArray("errors"u8);
        json.Out.WriteStartObject();
        if (isText)
        {
            json.Out.WriteString("status"u8, status.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            json.Out.WriteNumber("status"u8, status);
        }

        json.Out.WriteString("code"u8, code);
        json.Out.WriteString("title"u8, title);
        json.Out.WriteString("detail"u8, detail);
        json.Empty("meta"u8);
        json.Out.WriteEndObject();
        json.Out.WriteEndArray();
        json.Out.WriteEndObject();
    });
}
