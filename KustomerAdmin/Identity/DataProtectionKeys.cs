using KustomerAdmin.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Identity;

/// <summary>The keys of cookies and antiforgery tokens: they outlive a restart, in a directory that only the console's account can enter.</summary>
internal static class DataProtectionKeys
{
    public static void Add(IServiceCollection services)
    {
        services.AddDataProtection()
            .SetApplicationName("KustomerAdmin")
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<DataOptions>, ILoggerFactory>(static (keys, data, loggers) =>
            keys.XmlRepository = new FileSystemXmlRepository(PrivateDirectory(Path.Combine(data.Value.KeyDirectory, "data-protection")), loggers));

        // The framework warns that these keys are stored unencrypted, which is true. The key that could encrypt them would
        // have to lie beside them: the warning would go and nothing would be safer. The directory's rights protect both,
        // and nothing that is kept is encrypted with these keys: losing them signs everybody out.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
    }

    private static DirectoryInfo PrivateDirectory(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
