namespace KustomerAdmin.Kustomer;

/// <summary>An attachment on its way through: bytes go from Kustomer to the browser and nowhere else.</summary>
public sealed class AttachmentBytes : IDisposable
{
    /// <summary>Enough to tell what it is.</summary>
    private const int HeadLength = 4096;

    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly AttachmentPatience _patience;
    private readonly CancellationTokenSource _overall;
    private ReadOnlyMemory<byte> _head;

    internal AttachmentBytes(HttpResponseMessage response, Stream stream, AttachmentPatience patience)
    {
        (_response, _stream, _patience) = (response, stream, patience);
        _overall = new CancellationTokenSource(patience.Overall);
    }

    public long? Length => _response.Content.Headers.ContentLength;

    /// <summary>Reads the first bytes without taking them away.</summary>
    /// <exception cref="AttachmentException">The source fell silent.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[HeadLength];
        var length = 0;
        while (length < buffer.Length && await ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
        }

        return _head = buffer.AsMemory(0, length);
    }

    /// <summary>Copies to <paramref name="target"/>, at most <see cref="AttachmentSource.Largest"/> bytes.</summary>
    /// <exception cref="AttachmentException">More bytes than are accepted, or the source fell silent.</exception>
    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(_head, cancellationToken);
        var buffer = new byte[64 * 1024];
        for (long total = _head.Length; await ReadAsync(buffer, cancellationToken) is > 0 and var read;)
        {
            total += read;
            if (total > AttachmentSource.Largest)
            {
                throw new AttachmentException(AttachmentProblem.TooLarge);
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    public void Dispose()
    {
        _response.Dispose();
        _overall.Dispose();
    }

    private async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _overall.Token);
        patience.CancelAfter(_patience.Silence);
        try
        {
            return await _stream.ReadAsync(buffer, patience.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AttachmentException(AttachmentProblem.NotAvailable);
        }
    }
}

/// <summary>How long an attachment's source is waited for. Sockets live in real time, whatever clock the rest goes by.</summary>
internal sealed record AttachmentPatience
{
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two of its bytes.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For all of its bytes.</summary>
    public TimeSpan Overall { get; init; } = TimeSpan.FromSeconds(60);
}
