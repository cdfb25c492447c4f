using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

/// <summary>The whole schema. Nothing is stored that is not a set of this class.</summary>
public abstract class AppDbContext(DbContextOptions options) : IdentityDbContext<AdminUser>(options)
{
    public DbSet<SetupCompletion> SetupCompletions => Set<SetupCompletion>();

    public DbSet<Instance> Instances => Set<Instance>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<TicketChannel> TicketChannels => Set<TicketChannel>();

    public DbSet<TicketTag> TicketTags => Set<TicketTag>();

    public DbSet<TagName> TagNames => Set<TagName>();

    public DbSet<TicketAttributes> TicketAttributes => Set<TicketAttributes>();

    public DbSet<TicketMetadata> TicketMetadata => Set<TicketMetadata>();

    public DbSet<MetadataField> MetadataFields => Set<MetadataField>();

    public DbSet<FieldStatistics> FieldStatistics => Set<FieldStatistics>();

    public DbSet<ColumnStatistics> ColumnStatistics => Set<ColumnStatistics>();

    public DbSet<FieldPurge> FieldPurges => Set<FieldPurge>();

    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();

    public DbSet<SavedFilterField> SavedFilterFields => Set<SavedFilterField>();

    public DbSet<SavedFilterChoice> SavedFilterChoices => Set<SavedFilterChoice>();

    public DbSet<TicketListLayout> TicketListLayouts => Set<TicketListLayout>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<SyncRun> SyncRuns => Set<SyncRun>();

    public DbSet<SyncForecast> SyncForecasts => Set<SyncForecast>();

    public DbSet<QuarantinedRecord> QuarantinedRecords => Set<QuarantinedRecord>();

    public DbSet<KustomerRequest> KustomerRequests => Set<KustomerRequest>();

    public DbSet<KustomerRequestDay> KustomerRequestDays => Set<KustomerRequestDay>();

    public DbSet<Problem> Problems => Set<Problem>();

    public DbSet<NotificationTarget> NotificationTargets => Set<NotificationTarget>();

    public DbSet<NotificationDelivery> NotificationDeliveries => Set<NotificationDelivery>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(20);
        base.ConfigureConventions(configurationBuilder);
    }
}
