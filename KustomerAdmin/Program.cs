using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;
using KustomerAdmin.Identity;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Problems;
using KustomerAdmin.Shell;
using KustomerAdmin.Sync;
using KustomerAdmin.Tickets;
using KustomerAdmin.Usage;
using Microsoft.Extensions.Options;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    // Without it only the Development environment finds the files of the packages when run from the sources.
    builder.WebHost.UseStaticWebAssets().ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
    builder.UseOwnAddress();
    builder.Services
        .AddKustomer(builder.Configuration)
        .AddData(builder.Configuration)
        .AddControls()
        .AddAudit()
        .AddIdentity(builder.Configuration)
        .AddUsage(builder.Configuration)
        .AddIntegrations(builder.Configuration)
        .AddProblems(builder.Configuration)
        .AddFields()
        .AddFilters()
        .AddSync(builder.Configuration)
        .AddTickets()
        .AddShell(builder.Configuration);
    var app = builder.Build();
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    await app.Services.GetRequiredService<DatabaseStartup>().PrepareAsync(app.Lifetime.ApplicationStopping);
    app.UseShell();
    app.MapShell();
    app.MapIdentity();
    app.MapTickets();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupFaults.Describe(exception) is { Count: > 0 } faults)
{
    StartupFaults.Print(faults);
    return StartupFaults.ExitCode;
}
