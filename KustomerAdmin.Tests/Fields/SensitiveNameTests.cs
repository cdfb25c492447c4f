using KustomerAdmin.Fields;

namespace KustomerAdmin.Tests.Fields;

public sealed class SensitiveNameTests
{
    [Theory]
    [InlineData("emailStr")]
    [InlineData("customerEMailStr")]
    [InlineData("contact_e-mail")]
    [InlineData("EMAILStr")]
    [InlineData("secondEmailsStr")]
    [InlineData("emailAddressStr")]
    [InlineData("phoneStr")]
    [InlineData("phoneNum")]
    [InlineData("phoneNumberStr")]
    [InlineData("mobilePhone2Str")]
    [InlineData("cardNum")]
    [InlineData("creditCardStr")]
    [InlineData("cardNumberLast4Str")]
    [InlineData("birthDateStr")]
    [InlineData("birthAt")]
    [InlineData("dateOfBirthAt")]
    [InlineData("dobAt")]
    [InlineData("birthYearNum")]
    [InlineData("shippingAddressStr")]
    [InlineData("addressesTxt")]
    [InlineData("addressLine2Str")]
    [InlineData("ipAddressStr")]
    [InlineData("streetStr")]
    [InlineData("passwordStr")]
    [InlineData("tempPwdStr")]
    [InlineData("accessTokenStr")]
    [InlineData("apiKeyStr")]
    [InlineData("ibanStr")]
    [InlineData("customerIBANStr")]
    [InlineData("SSN")]
    [InlineData("customerSSNStr")]
    [InlineData("socialSecurityStr")]
    [InlineData("passportNumberStr")]
    [InlineData("taxIdStr")]
    [InlineData("taxId")]
    [InlineData("driversLicenseStr")]
    [InlineData("lastNameStr")]
    public void Looks_NameOfSomethingAboutAPerson_IsProposed(string name) => Looks(name).ShouldBeTrue();

    [Theory]
    [InlineData("emailCampaignNum")]
    [InlineData("emailCampaignStr")]
    [InlineData("emailCampaignIdStr", "E-mail campaign id")]
    [InlineData("emailVerifiedBool")]
    [InlineData("emailSentAt")]
    [InlineData("emailsNum")]
    [InlineData("phoneModelStr")]
    [InlineData("phoneCarrierStr")]
    [InlineData("cardTypeStr")]
    [InlineData("cardTypesTree")]
    [InlineData("scorecardStr")]
    [InlineData("discardReasonStr")]
    [InlineData("cardinalityNum")]
    [InlineData("addressedAt")]
    [InlineData("addressCountNum")]
    [InlineData("passwordChangedAt")]
    [InlineData("passwordResetStatusStr")]
    [InlineData("tokensNum")]
    [InlineData("tokenizationStr")]
    [InlineData("birthdayCampaignStr")]
    [InlineData("productNameStr")]
    [InlineData("orderNumberStr")]
    [InlineData("orderId")]
    [InlineData("pinnedStr")]
    [InlineData("microphoneStr")]
    [InlineData("mailingListTypeStr")]
    [InlineData("regionStr")]
    [InlineData("dueAt")]
    [InlineData("")]
    [InlineData("123")]
    public void Looks_NameOfSomethingElse_IsNotProposed(string name, string display = "") => Looks(name, display).ShouldBeFalse();

    [Theory]
    [InlineData("E-mail")]
    [InlineData("Customer's e-mail address")]
    [InlineData("Date of birth")]
    [InlineData("Passport no.")]
    [InlineData("Credit card (last 4)")]
    [InlineData("Phone number")]
    public void Looks_DisplayNameAlone_IsEnough(string display) => Looks("field7Str", display).ShouldBeTrue();

    [Fact]
    public void Looks_AnyText_IsJudged() => Holds.ForAll<string>(name => Looks(name ?? "", name ?? ""));

    private static bool Looks(string name, string display = "")
    {
        var key = FieldKey.Custom(name);
        return SensitiveName.Looks(key.Path, display, key.Type);
    }
}
