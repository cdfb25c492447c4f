using System.Globalization;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Integrations.Checking;

/// <summary>
/// What can be told of a key before it is sent anywhere: what it says of itself beside what was typed. A hint; Kustomer decides.
/// </summary>
/// <param name="Abilities">What will work; empty when the key does not say.</param>
/// <param name="Unneeded">Roles it has and the console never uses.</param>
public sealed record KeyReading(IReadOnlyList<CheckLine> Hints, IReadOnlyList<AbilityReading> Abilities, IReadOnlyList<string> Unneeded)
{
    private static readonly KeyReading s_nothing = new([], [], []);
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    /// <param name="pasted">As it stands in the field.</param>
    public static KeyReading Of(string? pasted, string? subdomain, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(pasted))
        {
            return s_nothing;
        }

        if (!ApiKey.TryParse(pasted, out var key))
        {
            return s_nothing with { Hints = [Hint(CheckOutcome.Warning, "This is not an API key yet: it holds blanks or special characters, or is too long.")] };
        }

        return ApiKeyClaims.Read(key) is not { } claims
            ? s_nothing with { Hints = [Hint(CheckOutcome.NotTested, "Cannot tell anything from this key itself. Connect asks Kustomer.")] }
            : new KeyReading([.. HintsOf(claims, subdomain, now)], AbilitiesOf(claims.Roles), UnneededOf(claims.Roles));
    }

    private static IEnumerable<CheckLine> HintsOf(ApiKeyClaims claims, string? typed, DateTimeOffset now)
    {
        if (claims.OrganizationName is { } organization)
        {
            var isTyped = Subdomain.TryParse(typed, out var subdomain);
            yield return !isTyped ? Hint(CheckOutcome.Passed, $"This key is for {organization}.")
                : string.Equals(organization, subdomain!.Label, StringComparison.OrdinalIgnoreCase) ? Hint(CheckOutcome.Passed, $"This key is for {organization}, as you typed.")
                : Hint(CheckOutcome.Failed, $"This key is for {organization}, you typed {subdomain}.");
        }

        if (claims.ExpiresAt is { } end)
        {
            yield return end <= now ? Hint(CheckOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"It ended on {end:d MMM yyyy}."))
                : end - now <= s_soon ? Hint(CheckOutcome.Warning, $"It ends in {Days(end - now)}.")
                : Hint(CheckOutcome.Passed, string.Create(CultureInfo.InvariantCulture, $"It ends on {end:d MMM yyyy}."));
        }

        if (claims.IsPersonal)
        {
            yield return Hint(CheckOutcome.Warning, "It was made for a person's session and ends with it. An API key does not.");
        }

        if (claims.Roles is null)
        {
            yield return Hint(CheckOutcome.NotTested, "Cannot tell which roles it has. Connect asks Kustomer.");
            yield break;
        }

        foreach (var missing in AbilitiesOf(claims.Roles).Where(static reading => !reading.IsGranted).Select(static reading => reading.Ability))
        {
            yield return Hint(missing.IsNeeded ? CheckOutcome.Failed : CheckOutcome.Warning, $"Lacks {missing.ShortRole}: {missing.Loss}.");
        }

        if (UnneededOf(claims.Roles) is { Count: > 0 } unneeded)
        {
            yield return Hint(CheckOutcome.Warning, $"Can also {Powers(unneeded)}: a narrower key is safer.");
        }
    }

    private static List<AbilityReading> AbilitiesOf(KeyRoles? roles) =>
        roles is null ? [] : [.. KeyAbility.All.Select(ability => new AbilityReading(ability, roles.Grants(ability.Role)))];

    /// <summary>Reading more than is needed is harmless beside writing: what only reads is not named.</summary>
    private static List<string> UnneededOf(KeyRoles? roles) =>
        [.. (roles?.Names ?? []).Where(static role => !role.EndsWith(".read", StringComparison.Ordinal) && !string.Equals(role, KeyAbility.Search.Role, StringComparison.Ordinal))];

    /// <summary>In words: <c>org.permission.customer.delete</c> deletes customers, a role without an action does everything below it.</summary>
    private static string Powers(List<string> roles)
    {
        var powers = roles.Select(static role => role.Split('.') switch
        {
            [_, _, var what, "delete"] => $"delete {Words(what)}s",
            [_, _, var what, "create"] => $"create {Words(what)}s",
            [_, _, var what, "update" or "write"] => $"change {Words(what)}s",
            [_, _, var what] => $"change and delete {Words(what)}s",
            _ => "change and delete everything",
        }).Distinct(StringComparer.Ordinal).OrderByDescending(static power => power.Contains("delete", StringComparison.Ordinal)).ToList();
        return powers.Contains("change and delete everything", StringComparer.Ordinal) ? "change and delete everything"
            : powers.Count <= 3 ? string.Join(", ", powers)
            : $"{string.Join(", ", powers.Take(3))} and {powers.Count - 3} more";
    }

    private static CheckLine Hint(CheckOutcome outcome, string sentence) => new("", outcome, sentence);

    private static string Words(string name) => name.Replace('_', ' ');

    private static string Days(TimeSpan left) => left.TotalDays < 1 ? "less than a day" : left.TotalDays < 2 ? "one day" : $"{(int)left.TotalDays} days";
}

/// <summary>Whether a key has the role for something.</summary>
public sealed record AbilityReading(KeyAbility Ability, bool IsGranted);
