namespace KustomerAdmin.Tests.Sandbox;

public sealed class AttachmentTests : SandboxTest
{
    [Fact]
    public async Task Address_WithinTenMinutes_GivesTheBytesWithoutAKey()
    {
        var address = await AddressAsync("CON");
        Clock.Advance(TimeSpan.FromSeconds(599));

        var file = await GetWithoutKeyAsync(address);

        file.Status.ShouldBe(200);
        file.Text.ShouldContain("filetext-");
    }

    [Fact]
    public async Task Address_AfterTenMinutes_IsDenied()
    {
        var address = await AddressAsync("CON");
        Clock.Advance(TimeSpan.FromSeconds(601));

        var file = await GetWithoutKeyAsync(address);

        file.Status.ShouldBe(403);
        file.Text.ShouldContain("<Code>AccessDenied</Code>");
    }

    [Fact]
    public async Task Address_Altered_IsDenied()
    {
        var address = await AddressAsync("CON");

        (await GetWithoutKeyAsync(address.Replace("until=1", "until=2", StringComparison.Ordinal))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Kinds_OfTheShowcase_AreAllThere()
    {
        var all = (await GetAsync($"/v1/conversations/{Acme.ShowcaseConversationId}/attachments")).Data.EnumerateArray().ToList();

        all.ShouldContain(item => item.GetProperty("attributes").GetProperty("contentLength").GetInt64() == 0);
        all.ShouldContain(item => item.GetProperty("attributes").GetProperty("contentLength").GetInt64() == 30 * 1024 * 1024);
        all.ShouldContain(item => item.GetProperty("attributes").GetProperty("name").GetString() == "../../x");
        var redacted = all.Single(item => item.GetProperty("attributes").GetProperty("redacted").GetBoolean());
        redacted.GetProperty("links").TryGetProperty("related", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task SideLoaded_Attachments_HaveNoAddress()
    {
        var messages = await GetAsync($"/v1/conversations/{Acme.ShowcaseConversationId}/messages?include=attachments");

        var included = messages.Json.GetProperty("included").EnumerateArray().ToList();
        included.ShouldNotBeEmpty();
        included.ShouldAllBe(item => !item.GetProperty("links").EnumerateObject().Any(link => link.Name == "related"));
    }

    private async Task<string> AddressAsync(string name)
    {
        var all = await GetAsync($"/v1/conversations/{Acme.ShowcaseConversationId}/attachments");
        var listed = all.Data.EnumerateArray().First(item => item.GetProperty("attributes").GetProperty("name").ValueEquals(name));
        var single = await GetAsync(listed.GetProperty("links").GetProperty("self").GetString()!);
        return single.Data.GetProperty("links").GetProperty("related").GetString()!;
    }
}
