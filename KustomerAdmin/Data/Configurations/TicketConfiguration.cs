using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KustomerAdmin.Data.Configurations;

internal sealed class TicketConfiguration : IEntityTypeConfiguration<Ticket>
{
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

        builder.HasIndex(ticket => new { ticket.InstanceId, ticket.KustomerId }).IsUnique();
        builder.HasIndex(ticket => ticket.KustomerId);
        builder.HasIndex(ticket => new { ticket.InstanceId, ticket.MissingSince }).HasFilter("MissingSince IS NOT NULL");
        builder.HasIndex(ticket => ticket.UpdatedAt);
        builder.HasIndex(ticket => ticket.CreatedAt);
        builder.HasIndex(ticket => ticket.LastActivityAt);
        builder.HasIndex(ticket => new { ticket.Status, ticket.UpdatedAt });
        builder.HasIndex(ticket => new { ticket.InstanceId, ticket.UpdatedAt });
        builder.HasIndex(ticket => ticket.Subject);
        builder.HasIndex(ticket => ticket.Priority);
        builder.HasIndex(ticket => ticket.MessageCount);
    }
}

internal sealed class TicketAttributesConfiguration : IEntityTypeConfiguration<TicketAttributes>
{
    public void Configure(EntityTypeBuilder<TicketAttributes> builder)
    {
        builder.HasKey(attributes => attributes.TicketId);
        builder.Property(attributes => attributes.TicketId).ValueGeneratedNever();
        foreach (var text in typeof(TicketAttributes).GetProperties().Where(property => property.PropertyType == typeof(string)))
        {
            builder.Property(text.Name).HasMaxLength(TicketAttributes.TextLength);
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
