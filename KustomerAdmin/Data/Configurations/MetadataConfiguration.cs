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
        builder.Property(field => field.Storage).HasDefaultValue(FieldStorage.Stored).ValueGeneratedNever();
        builder.HasOne<Instance>().WithMany().HasForeignKey(field => field.InstanceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(field => new { field.InstanceId, field.Key }).IsUnique();
    }
}

internal sealed class FieldStatisticsConfiguration : IEntityTypeConfiguration<FieldStatistics>
{
    public void Configure(EntityTypeBuilder<FieldStatistics> builder)
    {
        builder.HasKey(statistics => statistics.FieldId);
        builder.Property(statistics => statistics.FieldId).ValueGeneratedNever();
        builder.Property(statistics => statistics.TopValues).HasMaxLength(ValueStatistics.ValuesLength);
        builder.Property(statistics => statistics.Histogram).HasMaxLength(ValueStatistics.ValuesLength);
        builder.HasOne<MetadataField>().WithOne().HasForeignKey<FieldStatistics>(statistics => statistics.FieldId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ColumnStatisticsConfiguration : IEntityTypeConfiguration<ColumnStatistics>
{
    public void Configure(EntityTypeBuilder<ColumnStatistics> builder)
    {
        builder.HasKey(statistics => statistics.Key);
        builder.Property(statistics => statistics.Key).HasMaxLength(MetadataField.KeyLength);
        builder.Property(statistics => statistics.TopValues).HasMaxLength(ValueStatistics.ValuesLength);
        builder.Property(statistics => statistics.Histogram).HasMaxLength(ValueStatistics.ValuesLength);
    }
}

internal sealed class FieldPurgeConfiguration : IEntityTypeConfiguration<FieldPurge>
{
    public void Configure(EntityTypeBuilder<FieldPurge> builder)
    {
        builder.Property(purge => purge.RequestedBy).HasMaxLength(Lengths.UserName);
        builder.HasOne<MetadataField>().WithMany().HasForeignKey(purge => purge.FieldId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(purge => purge.EndedAt);
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
