using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KustomerAdmin.Data.Configurations;

internal sealed class InstanceConfiguration : IEntityTypeConfiguration<Instance>
{
    public void Configure(EntityTypeBuilder<Instance> builder)
    {
        builder.Property(instance => instance.Name).HasMaxLength(Instance.NameLength);
        builder.Property(instance => instance.Subdomain).HasMaxLength(63);
        builder.Property(instance => instance.OrganizationId).HasMaxLength(Lengths.KustomerId);
        builder.Property(instance => instance.CredentialNote).HasMaxLength(Instance.NoteLength);
        builder.Property(instance => instance.KeyEnvelope).HasMaxLength(8000);
        builder.Property(instance => instance.KeyLastFour).HasMaxLength(4);
        builder.Property(instance => instance.OldKeyEnvelope).HasMaxLength(8000);
        builder.Property(instance => instance.OldKeyLastFour).HasMaxLength(100);
        builder.Property(instance => instance.LackedParts).HasMaxLength(Instance.NoteLength);
        builder.Property(instance => instance.RunNote).HasMaxLength(Instance.NoteLength);
        builder.Property(instance => instance.RunRequestedBy).HasMaxLength(Lengths.UserName);
        builder.Property(instance => instance.PausedBy).HasMaxLength(Lengths.UserName);
        builder.Property(instance => instance.LeaseOwner).HasMaxLength(100);
        builder.Property(instance => instance.NewFields).HasDefaultValue(FieldStorage.Stored).ValueGeneratedNever();
        builder.Property(instance => instance.RateShare).HasDefaultValue(Instance.DefaultRateShare).ValueGeneratedNever();
        builder.Property(instance => instance.Epoch).IsConcurrencyToken();

        builder.HasIndex(instance => instance.Name).IsUnique();
        builder.HasIndex(instance => instance.Subdomain).IsUnique();
        builder.HasIndex(instance => instance.OrganizationId).IsUnique();
        builder.HasIndex(instance => instance.NextRunAt);
    }
}
