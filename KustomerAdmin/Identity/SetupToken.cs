using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Identity;

/// <summary>
/// The secret of the one-time link. Only its hash is kept, and only in memory: whoever reads the database or a dump of it
/// cannot become the first admin.
/// </summary>
internal sealed class SetupToken(IOptions<SetupOptions> options, TimeProvider time)
{
    private const int WrongTriesAllowed = 5;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(24);
    private readonly Lock _gate = new();
    private byte[]? _hash;
    private DateTimeOffset _endsAt;
    private int _wrongTries;

    /// <summary>Starts a new life and hands the token out, the only time that it can be read.</summary>
    public string Issue()
    {
        var token = options.Value.Token.Length > 0 ? options.Value.Token : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        lock (_gate)
        {
            _hash = Hash(token);
            _endsAt = time.GetUtcNow() + s_lifetime;
            _wrongTries = 0;
        }

        return token;
    }

    public SetupTokenCheck Check(string? token)
    {
        lock (_gate)
        {
            if (_hash is null || string.IsNullOrEmpty(token))
            {
                return SetupTokenCheck.Refused;
            }

            if (time.GetUtcNow() >= _endsAt)
            {
                _hash = null;
                return SetupTokenCheck.Refused;
            }

            if (CryptographicOperations.FixedTimeEquals(_hash, Hash(token)))
            {
                return SetupTokenCheck.Accepted;
            }

            if (++_wrongTries < WrongTriesAllowed)
            {
                return SetupTokenCheck.Refused;
            }

            _hash = null;
            return SetupTokenCheck.RefusedForGood;
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _hash = null;
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

internal enum SetupTokenCheck
{
    Accepted,
    Refused,

    /// <summary>This was the last wrong try; a restart issues a new token.</summary>
    RefusedForGood,
}
