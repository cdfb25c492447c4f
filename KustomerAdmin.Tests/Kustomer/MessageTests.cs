using System.Text.Json;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class MessageTests
{
    [Fact]
    public void Read_AttachmentNamedTwice_IsThereOnce() =>
        Message.Read(JsonSerializer.Deserialize<JsonElement>("""{"id":"m1","relationships":{"attachments":{"data":[{"id":"a1"},{"id":"a2"},{"id":"a1"}]}}}"""))
            .AttachmentIds.ShouldBe(["a1", "a2"]);
}
