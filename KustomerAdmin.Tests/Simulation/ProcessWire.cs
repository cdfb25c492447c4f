namespace KustomerAdmin.Tests.Simulation;

/// <summary>A process's way to Kustomer: one that was killed neither sends nor hears anything any more.</summary>
internal sealed class ProcessWire(ProcessLife life, HttpMessageHandler kustomer) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _kustomer = new(kustomer, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await StayDeadAsync().ConfigureAwait(false);
        try
        {
            return await _kustomer.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await StayDeadAsync().ConfigureAwait(false);
        }
    }

    private Task StayDeadAsync() => life.IsAlive ? Task.CompletedTask : new TaskCompletionSource().Task;
}
