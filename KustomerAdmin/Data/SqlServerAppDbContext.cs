using KustomerAdmin.Data.Configurations;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

public sealed class SqlServerAppDbContext(DbContextOptions<SqlServerAppDbContext> options) : AppDbContext(options)
{
    /// <summary>Compares by code unit, as SQLite and Kustomer do: two names that differ by a capital are two names.</summary>
    private const string Exact = "Latin1_General_BIN2";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Ticket>().Property(ticket => ticket.KustomerId).UseCollation(Exact);
        builder.Entity<Customer>().Property(customer => customer.KustomerId).UseCollation(Exact);
        builder.Entity<TicketChannel>().Property(channel => channel.Channel).UseCollation(Exact);
        builder.Entity<TicketTag>().Property(tag => tag.TagId).UseCollation(Exact);
        builder.Entity<TagName>().Property(tag => tag.TagId).UseCollation(Exact);
        builder.Entity<MetadataField>().Property(field => field.Key).UseCollation(Exact);
        builder.Entity<ColumnStatistics>().Property(statistics => statistics.Key).UseCollation(Exact);

        // Its names are long: a clustered key ends at 900 bytes, another one at 1,700.
        builder.Entity<SavedFilterChoice>().Metadata.FindPrimaryKey()!.SetIsClustered(false);

        // It answers from such an index alone only where the column of the filter is in it.
        foreach (var index in builder.Entity<Ticket>().Metadata.GetIndexes().Where(index => string.Equals(index.GetFilter(), TicketConfiguration.OnlyPresent, StringComparison.Ordinal)))
        {
            if (!index.Properties.Any(property => property.Name is nameof(Ticket.DeletedAt)))
            {
                index.SetIncludeProperties(new[] { nameof(Ticket.DeletedAt) });
            }
        }
    }
}
