using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Data;

/// <summary>
/// The key that encrypts credentials: 32 random bytes in a file of their own, outside the database and readable by the
/// console's account only. It is created once, on an empty database; a lost file is never replaced silently.
/// </summary>
public sealed class KeyFile(IOptions<DataOptions> options)
{
    private const int KeyLength = 32;
    private byte[]? _key;

    public string FilePath => Path.Combine(options.Value.KeyDirectory, "credentials.key");

    internal ReadOnlySpan<byte> Key => _key ?? throw new InvalidOperationException("The key file has not been loaded.");

    /// <summary>Names the key without revealing it.</summary>
    internal string Id { get; private set; } = "";

    /// <summary>Reads the file; creates it when <paramref name="mayCreate"/>.</summary>
    /// <exception cref="StartupException">The file is missing and may not be created, or does not hold a key.</exception>
    internal void Load(bool mayCreate)
    {
        if (!File.Exists(FilePath))
        {
            if (!mayCreate)
            {
                throw new StartupException(
                    $"The key file {FilePath} is missing, but the database holds credentials encrypted with it. Put the file back from your backup. Without it the stored API keys cannot be read by anybody.");
            }

            Create();
        }

        var text = File.ReadAllText(FilePath).Trim();
        var key = new byte[KeyLength];
        if (!Convert.TryFromBase64String(text, key, out var length) || length != KeyLength)
        {
            throw new StartupException($"The key file {FilePath} does not hold a key of {KeyLength} bytes in Base64. Put the right file back from your backup.");
        }

        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData(key))[..8];
    }

    private void Create()
    {
        Directory.CreateDirectory(options.Value.KeyDirectory);
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(FilePath, settings);
        writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength)));
    }
}
