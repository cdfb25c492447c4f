using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// The bytes of attachments. They come from signed addresses without the key, and only from Kustomer's own storage: anybody may
/// register an attachment with an address of their choice (https://developer.kustomer.com/api/core-resources/create-attachment).
/// </summary>
public sealed partial class AttachmentSource(IOptions<KustomerOptions> options) : IDisposable
{
    /// <summary>Bytes of one attachment.</summary>
    public const long Largest = 25 * 1024 * 1024;

    private readonly HttpClient _http = new(KustomerClientFactory.CreateTransport(options.Value.IsOnThisMachine)) { Timeout = Timeout.InfiniteTimeSpan };

    internal AttachmentPatience Patience { get; init; } = new();

    /// <summary>Whether an address is one of Kustomer's; any other one is shown, not fetched.</summary>
    public bool IsKustomers(Uri address)
    {
        var api = new Uri(options.Value.ApiUrlTemplate.Replace(KustomerOptions.Placeholder, "acme", StringComparison.Ordinal));
        if (api.IsLoopback && string.Equals(address.Authority, api.Authority, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) && address.IsDefaultPort && address.UserInfo.Length == 0
            && (address.Host.EndsWith(".kustomerapp.com", StringComparison.OrdinalIgnoreCase)
                || Bucket().IsMatch(address.Host));
    }

    /// <summary>Of Kustomer's pods. Anybody can make a bucket whose name merely resembles these.</summary>
    [GeneratedRegex(@"^kustomer-prod[0-9]{1,2}-attachments\.s3\.amazonaws\.com\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Bucket();

    /// <summary>Opens the bytes for streaming. The caller disposes the answer.</summary>
    /// <exception cref="AttachmentException">Why there are none.</exception>
    public async Task<AttachmentBytes> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        if (!IsKustomers(address))
        {
            throw new AttachmentException(AttachmentProblem.External) { Address = address };
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience.Answer);
        HttpResponseMessage? response = null;
        try
        {
            response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.StatusCode is HttpStatusCode.Forbidden)
            {
                throw new AttachmentException(AttachmentProblem.LinkExpired);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new AttachmentException(AttachmentProblem.NotAvailable);
            }

            if (response.Content.Headers.ContentLength > Largest)
            {
                throw new AttachmentException(AttachmentProblem.TooLarge);
            }

            var bytes = new AttachmentBytes(response, await response.Content.ReadAsStreamAsync(cancellationToken), Patience);
            response = null;
            return bytes;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AttachmentException(AttachmentProblem.NotAvailable);
        }
        finally
        {
            response?.Dispose();
        }
    }

    public void Dispose() => _http.Dispose();
}

public enum AttachmentProblem
{
    External,
    LinkExpired,
    TooLarge,
    Redacted,

    /// <summary>It has no bytes, so there is nothing to show.</summary>
    Empty,

    /// <summary>It is not of a kind that can be shown, or not of the kind that it claims.</summary>
    NotShown,

    NotAvailable,
}

/// <summary>Why an attachment cannot be opened, in a sentence for people.</summary>
public sealed class AttachmentException(AttachmentProblem problem) : Exception(problem switch
{
    AttachmentProblem.External => "This attachment is not kept by Kustomer but at an address outside. The console does not fetch from there.",
    AttachmentProblem.LinkExpired => "Kustomer's link to this attachment has expired.",
    AttachmentProblem.TooLarge => $"This attachment is larger than {AttachmentSource.Largest / 1024 / 1024} MB. Open it in Kustomer.",
    AttachmentProblem.Redacted => "This attachment was redacted in Kustomer.",
    AttachmentProblem.Empty => "This file is empty.",
    AttachmentProblem.NotShown => "This file is not what its name says, so it is not shown here. It can be downloaded.",
    AttachmentProblem.NotAvailable => "Kustomer did not deliver this attachment. Try again, or open it in Kustomer.",
})
{
    public AttachmentProblem Problem { get; } = problem;

    /// <summary>Where it is kept; for <see cref="AttachmentProblem.External"/>. For people to read: nothing of ours goes there.</summary>
    public Uri? Address { get; init; }
}
