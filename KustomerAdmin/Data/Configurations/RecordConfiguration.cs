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

internal sealed class SyncForecastConfiguration : IEntityTypeConfiguration<SyncForecast>
{
    public void Configure(EntityTypeBuilder<SyncForecast> builder)
    {
        builder.HasKey(forecast => forecast.InstanceId);
        builder.Property(forecast => forecast.InstanceId).ValueGeneratedNever();
        builder.HasOne<Instance>().WithOne().HasForeignKey<SyncForecast>(forecast => forecast.InstanceId);
    }
}

internal sealed class QuarantinedRecordConfiguration : IEntityTypeConfiguration<QuarantinedRecord>
{
    public void Configure(EntityTypeBuilder<QuarantinedRecord> builder)
    {
        builder.Property(record => record.KustomerId).HasMaxLength(Lengths.KustomerId);
        builder.Property(record => record.Fingerprint).HasMaxLength(QuarantinedRecord.FingerprintLength);
        builder.Property(record => record.Reason).HasMaxLength(QuarantinedRecord.ReasonLength);
        builder.HasOne<Instance>().WithMany().HasForeignKey(record => record.InstanceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(record => new { record.InstanceId, record.Fingerprint }).IsUnique();
    }
}

internal sealed class KustomerRequestConfiguration : IEntityTypeConfiguration<KustomerRequest>
{
    public void Configure(EntityTypeBuilder<KustomerRequest> builder)
    {
        builder.Property(request => request.Endpoint).HasMaxLength(KustomerRequest.EndpointLength);
        builder.Property(request => request.CausedBy).HasMaxLength(Lengths.UserName);
        builder.HasOne<Instance>().WithMany().HasForeignKey(request => request.InstanceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(request => request.At);
        builder.HasIndex(request => request.RunId).HasFilter("RunId IS NOT NULL");
    }
}

internal sealed class KustomerRequestDayConfiguration : IEntityTypeConfiguration<KustomerRequestDay>
{
    public void Configure(EntityTypeBuilder<KustomerRequestDay> builder)
    {
        builder.HasKey(day => new { day.InstanceId, day.Day, day.Purpose, day.Outcome });
        builder.HasOne<Instance>().WithMany().HasForeignKey(day => day.InstanceId).OnDelete(DeleteBehavior.Cascade);
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
