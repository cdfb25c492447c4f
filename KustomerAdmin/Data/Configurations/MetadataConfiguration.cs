using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KustomerAdmin.Data.Configurations;

internal sealed class MetadataFieldConfiguration : IEntityTypeConfiguration<MetadataField>
{
    public void Configure(EntityTypeBuilder<MetadataField> builder)
    {
        builder.Property(field => field.Key).HasMaxLength(MetadataField.KeyLength);
        builder.Property(field => field.DisplayName).HasMaxLength(200);
        builder.HasOne<Instance>().WithMany().HasForeignKey(field => field.InstanceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(field => new { field.InstanceId, field.Key }).IsUnique();
    }
}

/// <summary>
/// One row a value, and one index a type that holds only the rows with such a value: filters read the index alone
/// and a column that a ticket does not use costs nothing.
/// </summary>
internal sealed class TicketMetadataConfiguration : IEntityTypeConfiguration<TicketMetadata>
{
    public void Configure(EntityTypeBuilder<TicketMetadata> builder)
    {
        builder.HasKey(value => new { value.TicketId, value.FieldId });
        builder.Property(value => value.TextValue).HasMaxLength(TicketMetadata.IndexedTextLength);
        builder.HasOne<MetadataField>().WithMany().HasForeignKey(value => value.FieldId).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(value => new { value.FieldId, value.TextValue, value.TicketId }).HasFilter("TextValue IS NOT NULL");
        builder.HasIndex(value => new { value.FieldId, value.NumberValue, value.TicketId }).HasFilter("NumberValue IS NOT NULL");
        builder.HasIndex(value => new { value.FieldId, value.DateValue, value.TicketId }).HasFilter("DateValue IS NOT NULL");
    }
}
