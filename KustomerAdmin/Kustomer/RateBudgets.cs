namespace KustomerAdmin.Kustomer;

/// <summary>What organisations' rate limits leave, shared by all clients of this process.</summary>
public sealed class RateBudgets(TimeProvider time)
{
    internal TimeProvider Time => time;
}
