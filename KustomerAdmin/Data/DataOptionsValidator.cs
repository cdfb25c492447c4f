using System.Data.Common;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Data;

internal sealed class DataOptionsValidator : IValidateOptions<DataOptions>
{
    public ValidateOptionsResult Validate(string? name, DataOptions options)
    {
        List<string> faults = [];
        if (options.KnownProvider is null)
        {
            faults.Add($"{DataOptions.ProviderKey} is '{options.Provider}'; it must be Sqlite or SqlServer.");
        }

        if (options.KnownProvider is DatabaseProvider.SqlServer && string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            faults.Add($"{DataOptions.ConnectionKey} is empty; {DataOptions.ProviderKey} SqlServer needs a connection string.");
        }
        else if (!IsConnectionString(options.ConnectionString))
        {
            // The value may hold a password, so it is not repeated.
            faults.Add($"{DataOptions.ConnectionKey} cannot be read; it must be of the form Key=Value;Key=Value.");
        }

        if (!Path.IsPathFullyQualified(options.Directory))
        {
            faults.Add($"{DataOptions.DirectoryKey} is empty and this account has no home directory; set it to an absolute directory that the console may write to.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsConnectionString(string value)
    {
        try
        {
            _ = new DbConnectionStringBuilder { ConnectionString = value };
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
