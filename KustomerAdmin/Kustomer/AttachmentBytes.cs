namespace KustomerAdmin.Kustomer;

/// <summary>An attachment on its way through: bytes go from Kustomer to the browser and nowhere else.</summary>
public sealed class AttachmentBytes(HttpResponseMessage response, Stream stream) : IDisposable
{
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(10);

    public long? Length => response.Content.Headers.ContentLength;

    /// <summary>Copies to <paramref name="target"/>, at most <see cref="AttachmentSource.Largest"/> bytes.</summary>
    /// <exception cref="AttachmentException">More bytes than were announced or are accepted, or the source fell silent.</exception>
    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (var total = 0L; ;)
        {
            var read = await ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return;
            }

            total += read;
            if (total > AttachmentSource.Largest)
            {
                throw new AttachmentException(AttachmentProblem.TooLarge);
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    public void Dispose() => response.Dispose();

    private async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_longestSilence);
        try
        {
            return await stream.ReadAsync(buffer, patience.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AttachmentException(AttachmentProblem.NotAvailable);
        }
    }
}
