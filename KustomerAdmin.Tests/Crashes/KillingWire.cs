namespace KustomerAdmin.Tests.Crashes;

/// <summary>The way to Kustomer of a process that is killed on it, at its second search: the first page is stored then.</summary>
internal sealed class KillingWire(Killer killer, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private int _sent;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isSecond = killer.IsArmed && Interlocked.Increment(ref _sent) == 2;
        if (!isSecond)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        killer.Reach(FailPoint.BeforeSending);
        var answer = await base.SendAsync(request, cancellationToken);
        killer.Reach(FailPoint.HeadersReceived);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await body.ReadExactlyAsync(new byte[1000], cancellationToken);
        killer.Reach(FailPoint.MidBody);
        throw new HttpRequestException("The fail point was not meant for the wire.");
    }
}
