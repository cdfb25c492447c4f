using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KustomerAdmin.Data.Configurations;

internal sealed class SavedFilterConfiguration : IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<SavedFilter> builder)
    {
        builder.Property(filter => filter.OwnerId).HasMaxLength(Lengths.AccountId);
        builder.Property(filter => filter.Name).HasMaxLength(SavedFilter.NameLength);
        builder.Property(filter => filter.Address).HasMaxLength(SavedFilter.AddressLength);
        builder.Property(filter => filter.Version).IsConcurrencyToken();
        builder.HasOne<AdminUser>().WithMany().HasForeignKey(filter => filter.OwnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(filter => filter.Fields).WithOne().HasForeignKey(field => field.FilterId);
        builder.HasIndex(filter => new { filter.OwnerId, filter.Name }).IsUnique();
    }
}

internal sealed class SavedFilterFieldConfiguration : IEntityTypeConfiguration<SavedFilterField>
{
    public void Configure(EntityTypeBuilder<SavedFilterField> builder)
    {
        builder.Property(field => field.Key).HasMaxLength(MetadataField.KeyLength);
        builder.HasKey(field => new { field.FilterId, field.Key });
        builder.HasIndex(field => field.Key);
    }
}

internal sealed class SavedFilterChoiceConfiguration : IEntityTypeConfiguration<SavedFilterChoice>
{
    public void Configure(EntityTypeBuilder<SavedFilterChoice> builder)
    {
        builder.Property(choice => choice.AdminId).HasMaxLength(Lengths.AccountId);
        builder.HasKey(choice => new { choice.AdminId, choice.FilterId });
        builder.HasOne<SavedFilter>().WithMany().HasForeignKey(choice => choice.FilterId).OnDelete(DeleteBehavior.Cascade);

        // Restrict: two ways from an admin to a row that cascade are refused by SQL Server.
        builder.HasOne<AdminUser>().WithMany().HasForeignKey(choice => choice.AdminId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TicketListLayoutConfiguration : IEntityTypeConfiguration<TicketListLayout>
{
    public void Configure(EntityTypeBuilder<TicketListLayout> builder)
    {
        builder.Property(layout => layout.AdminId).HasMaxLength(Lengths.AccountId);
        builder.HasKey(layout => layout.AdminId);
        builder.Property(layout => layout.Columns).HasMaxLength(TicketListLayout.ColumnsLength);
        builder.HasOne<AdminUser>().WithOne().HasForeignKey<TicketListLayout>(layout => layout.AdminId).OnDelete(DeleteBehavior.Cascade);
    }
}
