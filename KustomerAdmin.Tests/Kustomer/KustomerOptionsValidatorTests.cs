using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class KustomerOptionsValidatorTests
{
    [Theory]
    [InlineData("https://{subdomain}.api.kustomerapp.com")]
    [InlineData("https://api.prod2.kustomerapp.com/")]
    [InlineData("http://127.0.0.1:5199")]
    [InlineData("http://localhost:5199/base")]
    [InlineData("http://[::1]:5199")]
    public void Validate_UsableAddress_Succeeds(string template) =>
        new KustomerOptionsValidator().Validate(null, new KustomerOptions { ApiUrlTemplate = template }).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("http://{subdomain}.api.kustomerapp.com")]
    [InlineData("http://10.0.0.1")]
    [InlineData("ftp://{subdomain}.api.kustomerapp.com")]
    [InlineData("https://user:word@api.kustomerapp.com")]
    [InlineData("https://api.kustomerapp.com/?x={subdomain}")]
    [InlineData("https://api.kustomerapp.com/#x")]
    public void Validate_UnusableAddress_NamesTheKey(string template)
    {
        var api = new KustomerOptionsValidator().Validate(null, new KustomerOptions { ApiUrlTemplate = template });
        var portal = new KustomerOptionsValidator().Validate(null, new KustomerOptions { PortalUrlTemplate = template });

        api.Failures.ShouldHaveSingleItem().ShouldStartWith("Kustomer:ApiUrlTemplate is '");
        portal.Failures.ShouldHaveSingleItem().ShouldStartWith("Kustomer:PortalUrlTemplate is '");
    }

    [Fact]
    public void Validate_BothUnusable_NamesBoth() =>
        new KustomerOptionsValidator().Validate(null, new KustomerOptions { ApiUrlTemplate = "x", PortalUrlTemplate = "y" }).Failures!.Count().ShouldBe(2);
}
