namespace KustomerAdmin.Sandbox;

/// <summary>Credentials of one organisation, each for another situation (developer portal, get-started/api-keys-and-roles).</summary>
/// <param name="Full">Role org.permission, no expiry.</param>
/// <param name="ReadOnly">The granular read roles and search.create, nothing else.</param>
/// <param name="WithoutMessages">Like read-only, but message.read is missing.</param>
/// <param name="Expired">Ended on 1 January 2025.</param>
/// <param name="EndingSoon">Read-only, ends in about twelve days.</param>
/// <param name="Email">Signs in with <paramref name="Password"/> at auth/tokens.</param>
/// <param name="Password">Belongs to <paramref name="Email"/>.</param>
public sealed record SandboxKeys(string Full, string ReadOnly, string WithoutMessages, string Expired, string EndingSoon, string Email, string Password);
