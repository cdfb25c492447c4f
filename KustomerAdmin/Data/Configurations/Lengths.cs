namespace KustomerAdmin.Data.Configurations;

internal static class Lengths
{
    /// <summary>Kustomer's ids are 24 hexadecimal digits today; room is left for longer ones.</summary>
    public const int KustomerId = 50;

    public const int UserName = 256;

    /// <summary>As long as SQL Server's key of the accounts' table.</summary>
    public const int AccountId = 450;
}
