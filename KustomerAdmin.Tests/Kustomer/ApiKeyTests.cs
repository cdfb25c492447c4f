using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class ApiKeyTests
{
    private const string Canary = "canary-key-4f0b9d";

    [Theory]
    [InlineData(Canary)]
    [InlineData("  " + Canary + "\r\n")]
    [InlineData("\"" + Canary + "\"")]
    [InlineData("“" + Canary + "”")]
    [InlineData("Bearer " + Canary)]
    [InlineData("bearer   " + Canary + " ")]
    [InlineData("'Bearer \"" + Canary + "\"'")]
    public void Parse_WhatPeoplePaste_LeavesTheKeyAlone(string pasted)
    {
        ApiKey.TryParse(pasted, out var key).ShouldBeTrue();

        key.Reveal().ShouldBe(Canary);
        key.LastFour.ShouldBe("0b9d");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Bearer ")]
    [InlineData("two words")]
    [InlineData("key\r\nHost: evil")]
    [InlineData("key\0")]
    [InlineData("ke\u00ady")]
    [InlineData("kéy")]
    [InlineData("ｋｅｙ")]
    public void Parse_NoKey_IsRefused(string? pasted) => ApiKey.TryParse(pasted, out _).ShouldBeFalse();

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    [InlineData(100_000, false)]
    public void Parse_Length_IsLimited(int length, bool isAccepted) => ApiKey.TryParse(new string('k', length), out _).ShouldBe(isAccepted);

    [Fact]
    public void Print_AnyWay_ShowsNothingOfTheKey()
    {
        ApiKey.TryParse(Canary, out var key).ShouldBeTrue();
        var form = new ConnectForm("Acme", Subdomain.TryParse("acme", out var subdomain) ? subdomain : null!, key, SignIn.TryParse("jane@example.com", Canary, out var signIn) ? signIn : null);

        string[] printed = [$"{key}", key.ToString(), string.Format(CultureInfo.InvariantCulture, "{0}", key), JsonSerializer.Serialize(key), form.ToString(), new ConnectRequest("Acme", "acme", Canary) { SignIn = new SignInRequest("jane@example.com", Canary) }.ToString(), $"{signIn} {new SignInRequest("jane", Canary)}", JsonSerializer.Serialize(signIn)];

        printed.ShouldAllBe(text => !text.Contains(Canary));
    }

    [Fact]
    public void LastFour_OfAShortKey_IsNotShown()
    {
        ApiKey.TryParse("abcd1234", out var key).ShouldBeTrue();

        key.LastFour.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"orgName":"acme","exp":1767225600}""", "acme", 1_767_225_600L)]
    [InlineData("""{"orgName":"acme"}""", "acme", null)]
    [InlineData("""{"orgName":7,"exp":1767225600}""", null, 1_767_225_600L)]
    [InlineData("{}", null, null)]
    [InlineData("[]", null, null)]
    [InlineData("""{"orgName":"a\ud800b","exp":"soon","roles":"org","userType":7}""", "a\uFFFDb", null)]
    public void Claims_OfAJwt_AreRead(string claims, string? organization, long? expires) =>
        ApiKeyClaims.Read(Jwt(claims)).ShouldBe(new ApiKeyClaims { OrganizationName = organization, ExpiresAt = expires is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null });

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"exp":99999999999999999}""")]
    public void Claims_ThatCannotBeRead_AreNone(string claims) => ApiKeyClaims.Read(Jwt(claims)).ShouldBeNull();

    [Fact]
    public void Claims_OfAnyText_NeverThrow() => Holds.ForAll<string>(text =>
    {
        if (ApiKey.TryParse("a." + text + ".b", out var key))
        {
            _ = ApiKeyClaims.Read(key);
        }
    });

    private static ApiKey Jwt(string claims) =>
        ApiKey.TryParse($"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.sig", out var key) ? key : throw new InvalidOperationException();
}
