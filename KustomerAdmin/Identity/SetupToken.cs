using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Identity;

/// <summary>
/// The secret of the one-time link. Only its hash is kept, and only in memory: whoever reads the database or a dump of it
/// cannot become the first admin.
/// <para>
/// A token that the console makes has 256 random bits: nobody guesses it, so wrong tries change nothing, or anybody who reaches the port
/// could deny the set-up. Of one from the settings only its 20 characters are certain. Five wrong tries pause it for a quarter of an hour: that
/// leaves 480 guesses in its day, instead of as many as the network carries, and a link that comes back by itself.
/// </para>
/// </summary>
internal sealed class SetupToken(IOptions<SetupOptions> options, TimeProvider time)
{
    private const int WrongTriesAllowed = 5;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(15);
    private readonly Lock _gate = new();
    private byte[]? _hash;
    private DateTimeOffset _endsAt;
    private DateTimeOffset _pausedUntil;
    private int _wrongTries;

    private bool IsChosen => options.Value.Token.Length > 0;

    /// <summary>Starts a new life and hands the token out, the only time that it can be read.</summary>
    public string Issue()
    {
        var token = IsChosen ? options.Value.Token : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        lock (_gate)
        {
            _hash = Hash(token);
            _endsAt = time.GetUtcNow() + s_lifetime;
            _pausedUntil = default;
            _wrongTries = 0;
        }

        return token;
    }

    public SetupTokenCheck Check(string? token)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_hash is null || string.IsNullOrEmpty(token) || now < _pausedUntil)
            {
                return SetupTokenCheck.Refused;
            }

            if (now >= _endsAt)
            {
                _hash = null;
                return SetupTokenCheck.Refused;
            }

            if (CryptographicOperations.FixedTimeEquals(_hash, Hash(token)))
            {
                return SetupTokenCheck.Accepted;
            }

            if (!IsChosen || ++_wrongTries < WrongTriesAllowed)
            {
                return SetupTokenCheck.Refused;
            }

            _wrongTries = 0;
            _pausedUntil = now + s_pause;
            return SetupTokenCheck.RefusedAndPaused;
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

    /// <summary>From this wrong try on the right token is refused too, for a while.</summary>
    RefusedAndPaused,
}
