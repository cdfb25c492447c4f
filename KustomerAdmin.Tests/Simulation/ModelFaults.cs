using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>What goes wrong between the console and Kustomer, drawn from the seed request by request.</summary>
internal sealed class ModelFaults(WorldSettings settings, TimeProvider clock)
{
    private readonly Random _chance = new(settings.Seed ^ 0xFA17);
    private int _burst;

    public bool IsOn { get; set; } = true;

    /// <summary>Faults so far.</summary>
    public int Count { get; private set; }

    /// <returns>What is answered instead; null when all is well.</returns>
    /// <exception cref="HttpRequestException">The connection broke.</exception>
    public async Task<HttpResponseMessage?> InsteadAsync(CancellationToken cancellationToken)
    {
        if (!IsOn || (_burst == 0 && _chance.Next(100) >= settings.FaultPercent))
        {
            return null;
        }

        Count++;
        var kind = _burst > 0 ? 0 : _chance.Next(8);
        _burst = kind > 0 ? 0 : _burst > 0 ? _burst - 1 : _chance.Next(1, 12);
        switch (kind)
        {
            case 0:
                return new HttpResponseMessage(_chance.Next(4) switch { 0 => HttpStatusCode.InternalServerError, 1 => HttpStatusCode.BadGateway, 2 => HttpStatusCode.ServiceUnavailable, _ => HttpStatusCode.GatewayTimeout });
            case 1 or 2:
                return Refusal();
            case 3:
                return Ok(new StreamContent(new CutStream()), "application/json");
            case 4:
                return Ok(new StringContent("""{"data":[{"id":"6717c2a4e5b1f00012ab0001","attributes":{"""), "application/json");
            case 5:
                return Ok(new StringContent("<html>Please sign in</html>"), "text/html");
            case 6:
                await Task.Delay(TimeSpan.FromSeconds(31), clock, cancellationToken);
                throw new TaskCanceledException("The answer never came.", new TimeoutException());
            default:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection was refused.");
        }
    }

    /// <summary>Every way to say when a limit resets, and none.</summary>
    private RefusedAnswer Refusal()
    {
        var wait = _chance.Next(-30, 90);

        // What lies in the past says nothing, and nothing is a minute. What is said in whole seconds may be one less.
        var known = TimeSpan.FromSeconds(wait < -1 ? 60 : wait - 1);
        var at = clock.GetUtcNow().AddSeconds(wait);
        return _chance.Next(7) switch
        {
            0 => new(known, ("x-ratelimit-reset", at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))),
            1 => new(known, ("x-ratelimit-reset", at.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture))),
            2 => new(known, ("Retry-After", wait.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            3 => new(known, ("Retry-After", at.ToString("R", System.Globalization.CultureInfo.InvariantCulture))),
            4 => new(TimeSpan.FromMinutes(1), ("x-ratelimit-reset", "soon")),
            5 => new(TimeSpan.FromHours(2), ("x-ratelimit-reset", at.AddHours(2).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))),
            _ => new(TimeSpan.FromMinutes(1), null),
        };
    }

    private static HttpResponseMessage Ok(HttpContent content, string type)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    /// <summary>An answer that ends in the middle.</summary>
    private sealed class CutStream : MemoryStream
    {
        public CutStream()
            : base(Encoding.UTF8.GetBytes("""{"meta":{"page":1,"pageSize":100},"data":["""), writable: false)
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => Cut(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Cut(base.Read(buffer));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw End();

        public override void CopyTo(Stream destination, int bufferSize) => throw End();

        private static int Cut(int read) => read > 0 ? read : throw End();

        private static HttpIOException End() => new(HttpRequestError.ResponseEnded, "The response ended prematurely.");
    }
}
