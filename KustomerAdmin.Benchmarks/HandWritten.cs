using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace KustomerAdmin.Benchmarks;

/// <summary>A query's own SQL by raw ADO.NET, on a connection with the console's settings that stays open: the same rows and the same count.</summary>
internal sealed partial class HandWritten(SqliteConnection connection, IReadOnlyDictionary<string, int> fields)
{
    private const string Rows = """
        SELECT t.Id, t.KustomerId, t.Subject, t.Status, t.Priority, t.Direction, t.MessageCount, t.NoteCount, t.CreatedAt, t.UpdatedAt, t.LastActivityAt, i.Name, c.ConversationCount,
            (SELECT group_concat(Channel) FROM TicketChannels WHERE TicketId = t.Id), (SELECT group_concat(TagId) FROM TicketTags WHERE TicketId = t.Id),
            (SELECT TextValue FROM TicketMetadata WHERE TicketId = t.Id AND FieldId = {custom.tierStr}), (SELECT NumberValue FROM TicketMetadata WHERE TicketId = t.Id AND FieldId = {custom.orderValueNum})
        FROM page CROSS JOIN Tickets t ON t.Id = page.Id JOIN Instances i ON i.Id = t.InstanceId LEFT JOIN Customers c ON c.Id = t.CustomerId
        """;

    /// <summary>Ids of the page's tickets; every column of their rows is read.</summary>
    public List<long> Page(FilterQuery query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql($"WITH page(Id) AS MATERIALIZED ({query.Page}) {Rows}");
        using var reader = command.ExecuteReader();
        List<long> ids = [];
        var row = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(row);
            ids.Add((long)row[0]);
        }

        return ids;
    }

    public long Count(FilterQuery query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query.Matching is null ? "SELECT sum(TicketCount) FROM Instances" : Sql(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM ({query.Matching} LIMIT {FilterQuery.CountLimit})"));
        return (long)command.ExecuteScalar()!;
    }

    private string Sql(string text) => FieldName().Replace(text, name => fields[name.Groups["key"].Value].ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\{(?<key>[^}]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FieldName();
}
