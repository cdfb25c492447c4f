namespace KustomerAdmin.Data;

/// <summary>Where the console keeps what it stores.</summary>
public sealed class DataOptions
{
    public const string ProviderKey = "Database:Provider";
    public const string ConnectionName = "KustomerAdmin";
    public const string ConnectionKey = "ConnectionStrings:" + ConnectionName;
    public const string DirectoryKey = "DataDirectory";

    /// <summary><c>Sqlite</c> or <c>SqlServer</c>, in any case.</summary>
    public string Provider { get; set; } = nameof(DatabaseProvider.Sqlite);

    /// <summary>Required for SQL Server. Empty with SQLite: a file in <see cref="Directory"/>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Absolute directory of the SQLite file and of the key files.</summary>
    public string Directory { get; set; } = "";

    public string KeyDirectory => Path.Combine(Directory, "keys");

    /// <summary>Null when the setting names none we know.</summary>
    public DatabaseProvider? KnownProvider =>
        Enum.GetValues<DatabaseProvider>().Cast<DatabaseProvider?>()
            .FirstOrDefault(provider => string.Equals(provider.ToString(), Provider, StringComparison.OrdinalIgnoreCase));
}

public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}
