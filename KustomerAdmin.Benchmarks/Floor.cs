using System.Diagnostics;
using KustomerAdmin.Data;
using Microsoft.Data.Sqlite;

namespace KustomerAdmin.Benchmarks;

/// <summary>The same rows into the same tables by prepared statements, 500 tickets a transaction: nothing fetched, parsed, compared or counted.</summary>
internal static class Floor
{
    private const int TicketsInTransaction = 500;
    private static readonly string[] s_tables = ["Tickets", "TicketChannels", "TicketTags", "TicketAttributes", "TicketMetadata"];

    /// <returns>Tickets, and the seconds that writing them took.</returns>
    public static (int Tickets, double Seconds) Measure(string source, string target)
    {
        using var from = Open(source);
        using var to = Open(target);
        foreach (var (table, sql) in Rows(from, "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index'").Select(row => ((string)row[0], (string)row[1])))
        {
            if (s_tables.Contains(table, StringComparer.Ordinal))
            {
                Execute(to, sql);
            }
        }

        Execute(to, $"PRAGMA foreign_keys = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -{SqlitePageCache.Kilobytes};");
        var tickets = Rows(from, "SELECT * FROM Tickets ORDER BY Id").ToList();
        var parts = s_tables.Skip(1).Select(table => (Table: table, Rows: Rows(from, $"SELECT * FROM \"{table}\" ORDER BY TicketId").ToLookup(row => (long)row[0]))).ToList();

        var watch = Stopwatch.StartNew();
        foreach (var chunk in tickets.Chunk(TicketsInTransaction))
        {
            using var transaction = to.BeginTransaction();
            Insert(to, transaction, "Tickets", chunk);
            foreach (var (table, rows) in parts)
            {
                Insert(to, transaction, table, chunk.SelectMany(ticket => rows[(long)ticket[0]]));
            }

            transaction.Commit();
        }

        return (tickets.Count, watch.Elapsed.TotalSeconds);
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, string table, IEnumerable<object[]> rows)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        foreach (var row in rows)
        {
            if (command.Parameters.Count == 0)
            {
                command.CommandText = $"INSERT INTO \"{table}\" VALUES ({string.Join(", ", row.Select((_, index) => $"@p{index}"))})";
                command.Parameters.AddRange(row.Select((_, index) => new SqliteParameter { ParameterName = $"@p{index}" }));
            }

            for (var index = 0; index < row.Length; index++)
            {
                command.Parameters[index].Value = row[index];
            }

            command.ExecuteNonQuery();
        }
    }

    private static IEnumerable<object[]> Rows(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
