using System.Linq.Expressions;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KustomerAdmin.Data.Configurations;

internal sealed class TicketConfiguration : IEntityTypeConfiguration<Ticket>
{
    /// <summary>Filter of the indexes without deleted tickets.</summary>
    public const string OnlyPresent = "DeletedAt IS NULL";

    public void Configure(EntityTypeBuilder<Ticket> builder)
    {
        builder.Property(ticket => ticket.KustomerId).HasMaxLength(Lengths.KustomerId);
        builder.Property(ticket => ticket.Subject).HasMaxLength(Ticket.SubjectLength);
        builder.Property(ticket => ticket.Status).HasMaxLength(50);
        builder.Property(ticket => ticket.Direction).HasMaxLength(50);

        builder.HasOne<Instance>().WithMany().HasForeignKey(ticket => ticket.InstanceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(ticket => ticket.Customer).WithMany().HasForeignKey(ticket => ticket.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(ticket => ticket.Channels).WithOne().HasForeignKey(channel => channel.TicketId);
        builder.HasMany(ticket => ticket.Tags).WithOne().HasForeignKey(tag => tag.TicketId);
        builder.HasMany(ticket => ticket.Metadata).WithOne().HasForeignKey(value => value.TicketId);

        builder.HasOne(ticket => ticket.Attributes).WithOne().HasForeignKey<TicketAttributes>(attributes => attributes.TicketId);

        // The id first: a ticket is looked up by it with and without its instance.
        builder.HasIndex(ticket => new { ticket.KustomerId, ticket.InstanceId }).IsUnique();
        builder.HasIndex(ticket => new { ticket.InstanceId, ticket.MissingSince }).HasFilter("MissingSince IS NOT NULL");
        builder.HasIndex(ticket => new { ticket.CustomerId, ticket.DeletedAt });

        // The few that are gone, for what is found by other tables' indexes, which do not know of them.
        builder.HasIndex(ticket => ticket.DeletedAt).HasFilter("DeletedAt IS NOT NULL");

        // What the list sorts by. It never shows a deleted ticket: pages and counts are read from the index alone.
        Listed(ticket => ticket.UpdatedAt);
        Listed(ticket => ticket.CreatedAt);
        Listed(ticket => ticket.LastActivityAt);
        Listed(ticket => new { ticket.Status, ticket.UpdatedAt });
        Listed(ticket => new { ticket.InstanceId, ticket.UpdatedAt });

        // That none of it is deleted stands in it beside the filter: SQLite reads it alone then, for a word in a subject too.
        Listed(ticket => new { ticket.Subject, ticket.DeletedAt });
        Listed(ticket => ticket.Priority);
        Listed(ticket => ticket.MessageCount);
        Listed(ticket => ticket.NoteCount);

        void Listed(Expression<Func<Ticket, object?>> columns) => builder.HasIndex(columns).HasFilter(OnlyPresent);
    }
}

internal sealed class TicketAttributesConfiguration : IEntityTypeConfiguration<TicketAttributes>
{
    /// <summary>
    /// What reviewers sort and search by, and what few tickets have, where an index costs nothing. The others have few values, and many tickets
    /// have each: a walk through the newest tickets soon finds a page of them.
    /// </summary>
    public static readonly IReadOnlyList<string> Indexed =
    [
        nameof(TicketAttributes.ExternalId), nameof(TicketAttributes.Phase), nameof(TicketAttributes.Satisfaction), nameof(TicketAttributes.OutboundMessageCount), nameof(TicketAttributes.InboundMessageCount),
        nameof(TicketAttributes.ModifiedAt), nameof(TicketAttributes.ImportedAt), nameof(TicketAttributes.LastReceivedAt), nameof(TicketAttributes.LastMessageAt), nameof(TicketAttributes.EndedAt),
        nameof(TicketAttributes.EndedReason), nameof(TicketAttributes.AssignedUsers), nameof(TicketAttributes.AssignedTeams), nameof(TicketAttributes.SentimentPolarity), nameof(TicketAttributes.SnoozeStatus),
        nameof(TicketAttributes.SnoozeTime), nameof(TicketAttributes.SatisfactionLevelStatus), nameof(TicketAttributes.SatisfactionLevelChannel), nameof(TicketAttributes.SatisfactionLevelRating),
        nameof(TicketAttributes.SatisfactionLevelScore), nameof(TicketAttributes.FirstResponseCreatedBy), nameof(TicketAttributes.FirstResponseTime), nameof(TicketAttributes.FirstDoneTime),
        nameof(TicketAttributes.LastDoneCreatedBy), nameof(TicketAttributes.ReopenCount), nameof(TicketAttributes.TotalOpenTime), nameof(TicketAttributes.SlaStatus), nameof(TicketAttributes.SlaBreached),
        nameof(TicketAttributes.SlaBreachMetric), nameof(TicketAttributes.SlaBreachAt), nameof(TicketAttributes.AssistantStatus), nameof(TicketAttributes.ExternalQueue), nameof(TicketAttributes.Locale),
        nameof(TicketAttributes.Brand), nameof(TicketAttributes.Queue), nameof(TicketAttributes.SubStatus),
    ];

    public void Configure(EntityTypeBuilder<TicketAttributes> builder)
    {
        builder.HasKey(attributes => attributes.TicketId);
        builder.Property(attributes => attributes.TicketId).ValueGeneratedNever();
        foreach (var text in typeof(TicketAttributes).GetProperties().Where(property => property.PropertyType == typeof(string)))
        {
            builder.Property(text.Name).HasMaxLength(TicketAttributes.TextLength);
        }

        foreach (var name in Indexed)
        {
            builder.HasIndex(name).HasFilter($"{name} IS NOT NULL");
        }
    }
}

internal sealed class TicketChannelConfiguration : IEntityTypeConfiguration<TicketChannel>
{
    public void Configure(EntityTypeBuilder<TicketChannel> builder)
    {
        builder.Property(channel => channel.Channel).HasMaxLength(TicketChannel.NameLength);
        builder.HasKey(channel => new { channel.TicketId, channel.Channel });
        builder.HasIndex(channel => new { channel.Channel, channel.TicketId });
    }
}

internal sealed class TicketTagConfiguration : IEntityTypeConfiguration<TicketTag>
{
    public void Configure(EntityTypeBuilder<TicketTag> builder)
    {
        builder.Property(tag => tag.TagId).HasMaxLength(Lengths.KustomerId);
        builder.HasKey(tag => new { tag.TicketId, tag.TagId });
        builder.HasIndex(tag => new { tag.TagId, tag.TicketId });
    }
}

internal sealed class TagNameConfiguration : IEntityTypeConfiguration<TagName>
{
    public void Configure(EntityTypeBuilder<TagName> builder)
    {
        builder.Property(tag => tag.TagId).HasMaxLength(Lengths.KustomerId);
        builder.Property(tag => tag.Name).HasMaxLength(TagName.NameLength);
        builder.HasKey(tag => new { tag.InstanceId, tag.TagId });
        builder.HasOne<Instance>().WithMany().HasForeignKey(tag => tag.InstanceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.Property(customer => customer.KustomerId).HasMaxLength(Lengths.KustomerId);
        builder.HasOne<Instance>().WithMany().HasForeignKey(customer => customer.InstanceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(customer => new { customer.InstanceId, customer.KustomerId }).IsUnique();
        builder.HasIndex(customer => customer.ConversationCount);
    }
}
