using KustomerAdmin.Controls;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Integrations.Checking;

/// <summary>What the outcomes of a connection check are called, and each failure's sentence with its next step.</summary>
internal static class CheckWords
{
    public static string Short(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "OK",
        CheckOutcome.Warning => "Warning",
        CheckOutcome.Failed => "Failed",
        CheckOutcome.NotTested => "Not tested",
    };

    public static Tone ToneOf(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => Tone.Ok,
        CheckOutcome.Warning => Tone.Warning,
        CheckOutcome.Failed => Tone.Danger,
        CheckOutcome.NotTested => Tone.Neutral,
    };

    /// <summary>A failure is the key's or the address's fault; all else says nothing about the key.</summary>
    public static CheckOutcome OutcomeOf(KustomerException exception) => exception switch
    {
        KeyRejectedException or RoleMissingException => CheckOutcome.Failed,
        KustomerUnavailableException { Reason: UnavailableReason.HostUnknown } => CheckOutcome.Failed,
        _ => CheckOutcome.NotTested,
    };

    public static string SentenceOf(KustomerException exception) => exception switch
    {
        KeyRejectedException rejected => SentenceOf(rejected.Rejection),
        RoleMissingException missing => $"The API key lacks the role {missing.Endpoint.Role}. Create a key with it in Kustomer; roles of a key cannot be changed.",
        RateLimitedException => "Could not be tested: the organisation's request limit is used up for this minute. Try again in a minute.",
        RecordNotFoundException => "Could not be tested: Kustomer does not know the address. Check the subdomain.",
        KustomerUnavailableException { Reason: UnavailableReason.HostUnknown } => "There is no such Kustomer address: check the subdomain's spelling. If it is right, this machine's DNS does not answer.",
        _ => $"Could not be tested: {exception.Message} {NextStepOf(exception)} This says nothing about the key.",
    };

    private static string SentenceOf(KeyRejection rejection) => rejection switch
    {
        KeyRejection.Unknown => "Kustomer does not accept this API key. Check that it was copied whole and still exists in Kustomer; a key that is restricted to other network addresses is refused as well.",
        KeyRejection.Expired => "The API key has expired. Create a new key in Kustomer and enter it here.",
        KeyRejection.AddressNotAllowed => "The API key may not be used from this machine's network address. Add the address to the key's IP restriction in Kustomer, or create a key without one.",
        KeyRejection.WrongRegion => "The API key belongs to another region of Kustomer than this subdomain. Check that key and subdomain are of the same organisation.",
    };

    private static string NextStepOf(KustomerException exception) => exception switch
    {
        KustomerUnavailableException { Reason: UnavailableReason.Timeout or UnavailableReason.Connection } => "Check that this machine may reach *.kustomerapp.com over HTTPS, and try again.",
        KustomerUnavailableException { Reason: UnavailableReason.ServerError or UnavailableReason.NotAnswering } => "Try again in a few minutes; status.kustomer.com tells of incidents.",
        KustomerUnavailableException { Reason: UnavailableReason.Tls or UnavailableReason.PrivateAddress } => "Mend that, and try again.",
        UnexpectedAnswerException => "Check the subdomain, and whether a proxy of this network stands in between.",
        _ => "Try again.",
    };
}
