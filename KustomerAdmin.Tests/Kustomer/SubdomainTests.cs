using FsCheck.Fluent;
using KustomerAdmin.Kustomer;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class SubdomainTests
{
    /// <summary>Whatever could make the address name another host, port or path, or is no label.</summary>
    public static TheoryData<string?> Hostile =>
    [
        null, "", "   ", "evil.example/", "evil.example", "evil.example#", "evil.example?", "acme#", "acme?", "acme?x=1", "acme/", "acme/app", "/acme", "//acme",
        "a@evil.example/", "acme@evil.example", "acme:pass@evil.example", "acme\\evil", "acme\\", "\\\\evil", "acme%2f", "%61cme", "acme%00", "acme:8443", ":8443",
        "acme\r\nHost: evil.example", "ac\nme", "ac\rme", "acme\0", "ac\0me", "ac\tme", "..", ".", "acme..", ".acme", "-acme", "acme-", "-", "xn--acme-8qa", "XN--ACME",
        "2130706433/", "127.0.0.1", "0x7f000001/", "[::1]", "[::1]/", "::1", "169.254.169.254", "169.254.169.254/", "localhost.", "ａｃｍｅ", "acme。kustomerapp。com", "acme｡com",
        "acme．evil", "acme\u200b", "ac\u00adme", "\u212Aelvin", "acmé", "ac_me", "ac me", "acme,evil", "acme;evil", "acme'", "acme\"", "<b>acme</b>", "{subdomain}", "*", "*.acme",
        "http://acme.kustomerapp.com", "ftp://acme.kustomerapp.com", "https://acme.kustomerapp.com:8443/", "https://user@acme.kustomerapp.com/", "https://acme.kustomerapp.com@evil.example/",
        "https://evil.example/acme.kustomerapp.com", "https://acme.kustomerapp.com.evil.example/", "https://acmekustomerapp.com", "https://a.b.kustomerapp.com/", "acme.kustomerapp.com.evil.example",
        "evilkustomerapp.com", "api.kustomerapp.com", "https://api.kustomerapp.com/", "cdn.kustomerapp.com", "www", "api", ".kustomerapp.com", "api.prod2.kustomerapp.com", "file:///etc/passwd", "javascript:alert(1)",
        new string('a', 64), new string('a', 100_000),
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Parse_Hostile_IsRefused(string? pasted) => Subdomain.TryParse(pasted, out _).ShouldBeFalse();

    [Theory]
    [InlineData("acme", "acme")]
    [InlineData(" ACME ", "acme")]
    [InlineData("\tacme\r\n", "acme")]
    [InlineData("acme.kustomerapp.com", "acme")]
    [InlineData("Acme.KustomerApp.com/", "acme")]
    [InlineData("acme.api.kustomerapp.com", "acme")]
    [InlineData("https://acme.kustomerapp.com", "acme")]
    [InlineData("HTTPS://ACME.kustomerapp.com/app/customers/5e/event/5f?tab=1#x", "acme")]
    [InlineData("https://acme.api.kustomerapp.com/v1/", "acme")]
    [InlineData("a", "a")]
    [InlineData("4-ever-2", "4-ever-2")]
    public void Parse_WhatPeoplePaste_IsUnderstood(string pasted, string expected)
    {
        Subdomain.TryParse(pasted, out var subdomain).ShouldBeTrue();

        subdomain.Label.ShouldBe(expected);
        subdomain.ToString().ShouldBe(expected);
    }

    [Fact]
    public void Parse_LongestLabel_IsAccepted() => Subdomain.TryParse(new string('a', 63), out _).ShouldBeTrue();

    [Fact]
    public void Address_OfAnyTextThatIsAccepted_StaysBelowKustomersDomain()
    {
        using var clients = new KustomerClientFactory(Options.Create(new KustomerOptions()), TimeProvider.System, new RateBudgets(TimeProvider.System));
        var pieces = Gen.Elements("acme", ".", "/", "@", ":", "\\", "%2e", "-", "#", "?", "kustomerapp.com", ".api", "https://", "evil.example", "。", "ｅ", " ", "1", "[::1]", "\n");

        Holds.ForAll(pieces.ListOf().Select(string.Concat), text =>
        {
            if (Subdomain.TryParse(text, out var subdomain))
            {
                clients.ApiAddress(subdomain).AbsoluteUri.ShouldBe($"https://{subdomain.Label}.api.kustomerapp.com/");
            }
        }, runs: 2000);
    }
}
