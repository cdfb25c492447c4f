using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KustomerAdmin.Data.Configurations;

internal sealed class SyncRunConfiguration : IEntityTypeConfiguration<SyncRun>
{
    public void Configure(EntityTypeBuilder<SyncRun> builder)
    {
        builder.Property(run => run.StartedBy).HasMaxLength(Lengths.UserName);
        builder.Property(run => run.Note).HasMaxLength(Instance.NoteLength);
        builder.HasOne<Instance>().WithMany().HasForeignKey(run => run.InstanceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(run => new { run.InstanceId, run.StartedAt });
    }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(entry => entry.ActorId).HasMaxLength(450);
        builder.Property(entry => entry.ActorName).HasMaxLength(Lengths.UserName);
        builder.Property(entry => entry.Action).HasMaxLength(50);
        builder.Property(entry => entry.Subject).HasMaxLength(AuditEntry.SubjectLength);
        builder.Property(entry => entry.Detail).HasMaxLength(AuditEntry.DetailLength);
        builder.Property(entry => entry.Address).HasMaxLength(45);
        builder.HasIndex(entry => entry.At);
    }
}

internal sealed class SetupCompletionConfiguration : IEntityTypeConfiguration<SetupCompletion>
{
    public void Configure(EntityTypeBuilder<SetupCompletion> builder) =>
        builder.Property(completion => completion.Id).ValueGeneratedNever();
}
