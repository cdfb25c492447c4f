using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Searching;

/// <summary>A list that SQLite never comes to the end of: what is asked of all of it goes on until somebody stops it.</summary>
internal static class EndlessTickets
{
    public static Task MakeTicketsEndlessAsync(this TestApp app) => app.StoredAsync(db => db.Database.ExecuteSqlRawAsync(
        """
        ALTER TABLE Tickets RENAME TO Away;
        CREATE VIEW Tickets AS WITH RECURSIVE endless(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM endless) SELECT Away.* FROM endless CROSS JOIN Away;
        """));
}
