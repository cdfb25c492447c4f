namespace KustomerAdmin.Kustomer;

/// <summary>Counts the requests that were sent for one purpose: a sync run, one opened ticket.</summary>
public sealed class RequestMeter
{
    private int _sent;

    /// <summary>Raised after each request that was sent.</summary>
    public event Action? Changed;

    public int Sent => Volatile.Read(ref _sent);

    internal void Add()
    {
        Interlocked.Increment(ref _sent);
        Changed?.Invoke();
    }
}

internal sealed class RequestMeterHandler(RequestMeter meter, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        meter.Add();
        return base.SendAsync(request, cancellationToken);
    }
}
