using System.Security.Cryptography;
using FsCheck.Fluent;
using KustomerAdmin.Data;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Data;

public sealed class SecretBoxTests : IDisposable
{
    private const string Secret = "canary-key-4f0b9d";
    private static readonly SecretPlace s_place = new(7, "api-key", "acme");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kustomeradmin-");
    private readonly SecretBox _box;
    private readonly string _envelope;

    public SecretBoxTests()
    {
        _box = NewBox("one");
        _envelope = _box.Seal(Secret, s_place);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Open_AtItsPlace_GivesTheSecret() => _box.Open(_envelope, s_place).ShouldBe(Secret);

    [Fact]
    public void Seal_Twice_GivesTwoEnvelopesWithNothingOfTheSecret()
    {
        var second = _box.Seal(Secret, s_place);

        second.ShouldNotBe(_envelope);
        second.Split('.')[2].ShouldNotBe(_envelope.Split('.')[2]);
        second.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData(8, "api-key", "acme")]
    [InlineData(7, "password", "acme")]
    [InlineData(7, "api-key", "globex")]
    [InlineData(7, "API-KEY", "acme")]
    [InlineData(7, "api-key|acme", "")]
    public void Open_AtAnotherRowFieldOrSubdomain_IsRefused(long instanceId, string field, string subdomain) =>
        Should.Throw<CryptographicException>(() => _box.Open(_envelope, new SecretPlace(instanceId, field, subdomain)));

    [Fact]
    public void Open_WithAnotherKeyFile_IsRefused() => Should.Throw<CryptographicException>(() => NewBox("two").Open(_envelope, s_place));

    [Fact]
    public void Open_AnyBitOfAnyPartFlipped_IsRefused()
    {
        for (var part = 2; part < 6; part++)
        {
            var bytes = Convert.FromBase64String(_envelope.Split('.')[part]);
            for (var bit = 0; bit < bytes.Length * 8; bit++)
            {
                var changed = bytes.ToArray();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));

                Should.Throw<CryptographicException>(() => _box.Open(With(part, Convert.ToBase64String(changed)), s_place), $"part {part}, bit {bit}");
            }
        }
    }

    [Fact]
    public void Open_PartsOfTwoEnvelopesMixed_IsRefused()
    {
        var other = _box.Seal("another secret 17", s_place).Split('.');

        for (var part = 2; part < 6; part++)
        {
            Should.Throw<CryptographicException>(() => _box.Open(With(part, other[part]), s_place));
        }
    }

    [Fact]
    public void Open_AnyChangedText_NeverGivesAnotherSecret() => Holds.ForAll(
        from position in Gen.Choose(0, _envelope.Length - 1)
        from character in Gen.Choose(32, 126)
        select (position, (char)character),
        change =>
        {
            var changed = _envelope[..change.position] + change.Item2 + _envelope[(change.position + 1)..];
            try
            {
                _box.Open(changed, s_place).ShouldBe(Secret);
            }
            catch (CryptographicException)
            {
                // Refused, as it should be unless the change means nothing.
            }
        },
        runs: 1000);

    [Fact]
    public void Open_CutAnywhere_IsRefused()
    {
        for (var length = 0; length < _envelope.Length; length++)
        {
            Should.Throw<CryptographicException>(() => _box.Open(_envelope[..length], s_place));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1.....")]
    [InlineData("nonsense")]
    public void Open_NoEnvelope_IsRefusedWithTheSameSentence(string envelope) =>
        Should.Throw<CryptographicException>(() => _box.Open(envelope, s_place)).Message.ShouldBe("The stored credential cannot be decrypted at this place.");

    private string With(int part, string value)
    {
        var parts = _envelope.Split('.');
        parts[part] = value;
        return string.Join('.', parts);
    }

    private SecretBox NewBox(string name)
    {
        var file = new KeyFile(Options.Create(new DataOptions { Directory = Path.Combine(_directory.FullName, name) }));
        file.Load(mayCreate: true);
        return new SecretBox(file);
    }
}
