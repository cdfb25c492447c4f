using System.Security.Cryptography;
using System.Text;

namespace KustomerAdmin.Data;

/// <summary>Where a secret belongs. It opens at this place only: a copy in another row or field does not.</summary>
public sealed record SecretPlace(long InstanceId, string Field, string Subdomain)
{
    public override string ToString() => $"kadm|v1|{InstanceId}|{Field}|{Subdomain}";
}

/// <summary>
/// Envelope encryption of credentials, AES-256-GCM (NIST SP 800-38D): each secret has a random data key, which the key
/// file's key wraps. Form: <c>v1.{keyId}.{wrapped data key}.{nonce}.{ciphertext}.{tag}</c>, parts in Base64.
/// </summary>
public sealed class SecretBox(KeyFile keyFile)
{
    private const string Version = "v1";
    private const int DataKeyLength = 32;
    private static readonly int s_nonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int s_tagLength = AesGcm.TagByteSizes.MaxSize;

    public string Seal(string secret, SecretPlace place)
    {
        var dataKey = RandomNumberGenerator.GetBytes(DataKeyLength);
        var plain = Encoding.UTF8.GetBytes(secret);
        try
        {
            var wrapped = Encrypt(keyFile.Key, dataKey, $"{place}|{keyFile.Id}");
            var sealedSecret = Encrypt(dataKey, plain, place.ToString());
            return string.Join('.', Version, keyFile.Id, Convert.ToBase64String([.. wrapped.Nonce, .. wrapped.Cipher, .. wrapped.Tag]),
                Convert.ToBase64String(sealedSecret.Nonce), Convert.ToBase64String(sealedSecret.Cipher), Convert.ToBase64String(sealedSecret.Tag));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <exception cref="CryptographicException">The envelope was changed, is another place's, or another key file's. One message for all.</exception>
    public string Open(string envelope, SecretPlace place)
    {
        byte[] dataKey = [];
        byte[] plain = [];
        try
        {
            var parts = envelope.Split('.');
            if (parts.Length != 6 || !string.Equals(parts[0], Version, StringComparison.Ordinal) || !string.Equals(parts[1], keyFile.Id, StringComparison.Ordinal))
            {
                throw new CryptographicException();
            }

            var wrapped = Convert.FromBase64String(parts[2]);
            dataKey = Decrypt(keyFile.Key, wrapped.AsSpan(0, s_nonceLength), wrapped.AsSpan(s_nonceLength, DataKeyLength), wrapped.AsSpan(s_nonceLength + DataKeyLength), $"{place}|{keyFile.Id}");
            plain = Decrypt(dataKey, Convert.FromBase64String(parts[3]), Convert.FromBase64String(parts[4]), Convert.FromBase64String(parts[5]), place.ToString());
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            throw new CryptographicException("The stored credential cannot be decrypted at this place.", exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Id of the key file that sealed an envelope.</summary>
    internal static string KeyIdOf(string envelope) => envelope.Split('.') is [_, var keyId, ..] ? keyId : "";

    private static (byte[] Nonce, byte[] Cipher, byte[] Tag) Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, string place)
    {
        var nonce = RandomNumberGenerator.GetBytes(s_nonceLength);
        var cipher = new byte[plain.Length];
        var tag = new byte[s_tagLength];
        using var aes = new AesGcm(key, s_tagLength);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.UTF8.GetBytes(place));
        return (nonce, cipher, tag);
    }

    private static byte[] Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, string place)
    {
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(key, s_tagLength);
        aes.Decrypt(nonce, cipher, tag, plain, Encoding.UTF8.GetBytes(place));
        return plain;
    }
}
