using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace KustomerAdmin.Tickets.Missing;

/// <summary>
/// What somebody types or pastes to name one ticket: Kustomer's id alone, the address of its page in Kustomer, or its address in Kustomer's API.
/// </summary>
/// <param name="KustomerId">Kustomer's id of the conversation.</param>
/// <param name="Subdomain">The organisation that the address names; null for an id alone and for an address that is not Kustomer's own.</param>
public sealed partial record TicketReference(string KustomerId, string? Subdomain)
{
    private const int Longest = 2000;

    public static bool TryParse(string? typed, [NotNullWhen(true)] out TicketReference? reference)
    {
        reference = null;
        var text = typed?.Trim() ?? "";
        if (text.Length is 0 or > Longest || Pattern().Match(text) is not { Success: true } match)
        {
            return false;
        }

        // Compared with names of connected organisations only: no request is ever sent to where an address points.
        var subdomain = match.Groups["host"].Success && Kustomer.Subdomain.TryParse(match.Groups["host"].Value, out var named) ? named.Label : null;
        reference = new TicketReference(match.Groups["id"].Value.ToLowerInvariant(), subdomain);
        return true;
    }

    [GeneratedRegex(@"\A(?:https?://(?<host>[^\s/?#]+)(?:/\S*)?/(?:event|conversations)/)?(?<id>[0-9a-fA-F]{24})(?:[/?#]\S*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
