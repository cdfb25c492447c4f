using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KustomerAdmin.Data.Configurations;

internal sealed class ProblemConfiguration : IEntityTypeConfiguration<Problem>
{
    public void Configure(EntityTypeBuilder<Problem> builder)
    {
        builder.Property(problem => problem.Cause).HasMaxLength(Problem.TextLength);
        builder.Property(problem => problem.Affects).HasMaxLength(Problem.TextLength);
        builder.Property(problem => problem.NextStep).HasMaxLength(Problem.TextLength);
        builder.HasOne<Instance>().WithMany().HasForeignKey(problem => problem.InstanceId).OnDelete(DeleteBehavior.Cascade);

        // Two who notice the same at once open it once.
        builder.HasIndex(problem => new { problem.InstanceId, problem.Kind }).IsUnique().HasFilter("ClosedAt IS NULL");
        builder.HasIndex(problem => new { problem.InstanceId, problem.OpenedAt });
    }
}

internal sealed class NotificationTargetConfiguration : IEntityTypeConfiguration<NotificationTarget>
{
    public void Configure(EntityTypeBuilder<NotificationTarget> builder)
    {
        builder.Property(target => target.Address).HasMaxLength(NotificationTarget.AddressLength);
        builder.Property(target => target.SecretEnvelope).HasMaxLength(8000);
        builder.Property(target => target.LastFailure).HasMaxLength(Problem.TextLength);
        builder.HasOne<Instance>().WithMany().HasForeignKey(target => target.InstanceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(target => new { target.InstanceId, target.Address }).IsUnique();
    }
}

internal sealed class NotificationDeliveryConfiguration : IEntityTypeConfiguration<NotificationDelivery>
{
    public void Configure(EntityTypeBuilder<NotificationDelivery> builder)
    {
        builder.HasOne<NotificationTarget>().WithMany().HasForeignKey(delivery => delivery.TargetId).OnDelete(DeleteBehavior.Cascade);

        // Restrict: two ways from an instance to a row that cascade are refused by SQL Server.
        builder.HasOne<Problem>().WithMany().HasForeignKey(delivery => delivery.ProblemId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(delivery => new { delivery.ProblemId, delivery.TargetId, delivery.IsOver, delivery.Stage }).IsUnique();
        builder.HasIndex(delivery => delivery.NextAttemptAt).HasFilter("NextAttemptAt IS NOT NULL");
    }
}
