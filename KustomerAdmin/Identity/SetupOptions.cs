using Microsoft.Extensions.Options;

namespace KustomerAdmin.Identity;

/// <summary>How the first admin comes in.</summary>
public sealed class SetupOptions
{
    public const string Section = "Setup";
    public const string TokenKey = "Setup:Token";
    public const int ShortestToken = 20;

    /// <summary>The token of the one-time link. Empty: a random one at each start without an admin.</summary>
    public string Token { get; set; } = "";
}

internal sealed class SetupOptionsValidator : IValidateOptions<SetupOptions>
{
    // The value is a secret, so it is not repeated.
    public ValidateOptionsResult Validate(string? name, SetupOptions options) =>
        options.Token.Length is 0 or >= SetupOptions.ShortestToken
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{SetupOptions.TokenKey} has {options.Token.Length} characters; it must have at least {SetupOptions.ShortestToken}, or be empty for a random one.");
}
