namespace KustomerAdmin.Kustomer;

/// <summary>
/// How much may be asked again for one purpose: at most a few requests, and three for ten that were answered, so that an ailing Kustomer never hears
/// much more from the console than a healthy one.
/// </summary>
internal sealed class RetryAllowance
{
    private const int FreeRetries = 5;
    private const double RetriesPerAnswer = 0.3;

    private readonly Lock _gate = new();
    private int _answered;
    private int _retried;

    public void Answered()
    {
        lock (_gate)
        {
            _answered++;
        }
    }

    public bool TrySpend()
    {
        lock (_gate)
        {
            return _retried < FreeRetries + (RetriesPerAnswer * _answered) && ++_retried > 0;
        }
    }
}
