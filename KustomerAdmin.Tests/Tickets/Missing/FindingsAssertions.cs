using KustomerAdmin.Tickets.Missing;

namespace KustomerAdmin.Tests.Tickets.Missing;

internal static class FindingsAssertions
{
    /// <summary>One finding, for at most one request.</summary>
    public static T ShouldHaveSingle<T>(this TicketFindings findings)
        where T : TicketFinding
    {
        findings.Requests.ShouldBeLessThanOrEqualTo(1);
        return findings.All.ShouldHaveSingleItem().ShouldBeOfType<T>();
    }

    public static void ShouldBe(this TicketFindings findings, TicketFinding finding, int requests)
    {
        findings.All.ShouldHaveSingleItem().ShouldBe(finding);
        findings.Requests.ShouldBe(requests);
    }
}
