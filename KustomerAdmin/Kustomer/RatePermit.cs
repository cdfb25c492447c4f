namespace KustomerAdmin.Kustomer;

/// <summary>Leave to send one request. What its answer says of the limits goes back through it.</summary>
internal sealed class RatePermit(RateBudget budget, bool isSearch, bool isGeneralProbe, bool isSearchProbe) : IDisposable
{
    private bool _isAnswered;

    public bool IsSearch => isSearch;

    public bool IsGeneralProbe => isGeneralProbe;

    public bool IsSearchProbe => isSearchProbe;

    public void Answered(RateHeaders headers, bool isRefused)
    {
        _isAnswered = true;
        budget.Learn(this, headers, isRefused);
    }

    public void Dispose()
    {
        if (!_isAnswered)
        {
            budget.Unanswered(this);
        }
    }
}
