using CsvHelper;

namespace KustomerAdmin.Tests.Tickets.Exporting;

/// <summary>A file of comma-separated values as another program reads it.</summary>
internal static class CsvFile
{
    public static List<IReadOnlyList<string>> Read(byte[] file)
    {
        using var reader = CsvReader.Create(file, new CsvReaderOptions { HasHeader = false, Separator = ',', SkipEmptyLines = false });
        List<IReadOnlyList<string>> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
