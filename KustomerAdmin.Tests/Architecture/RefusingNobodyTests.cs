using System.Reflection;
using KustomerAdmin.Audit;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Problems;
using KustomerAdmin.Sync.History;
using KustomerAdmin.Tickets.Attachments;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Tickets.Filtering;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Missing;
using KustomerAdmin.Tickets.Saved;
using KustomerAdmin.Tickets.Searching;
using KustomerAdmin.Usage;

namespace KustomerAdmin.Tests.Architecture;

public sealed class RefusingNobodyTests : IClassFixture<RefusingNobodyTests.Console>
{
    /// <summary>Writes a record on behalf of a caller that has checked already.</summary>
    private const string CheckedByCaller = nameof(AuditLog.WriteAsync);

    private static readonly Type[] s_services =
    [
        typeof(InstanceService), typeof(InstanceActions), typeof(InstanceSettings), typeof(InstanceList), typeof(FirstSync), typeof(KeyReplacement), typeof(ConnectionRecheck), typeof(InstanceRemoval), typeof(ProblemList), typeof(NotificationTargets), typeof(QuarantineList), typeof(RunHistory),
        typeof(FieldOverview), typeof(ExclusionPreviews), typeof(FieldDecisions), typeof(FieldReading),
        typeof(TicketSearch), typeof(ListLayouts), typeof(SavedFilters), typeof(SavedFilterChoices), typeof(FieldPlaces), typeof(FilterFields), typeof(ValueSuggestions), typeof(TicketViewer), typeof(TicketAttachments), typeof(TicketNeighbours), typeof(TicketExport), typeof(TicketFinder), typeof(AuditLog), typeof(UsageReport),
    ];

    private readonly TestApp _app;

    public RefusingNobodyTests(Console console) => _app = console.App;

    public static TheoryData<Type, string> Methods
    {
        get
        {
            var data = new TheoryData<Type, string>();
            foreach (var method in s_services.SelectMany(PublicTasks))
            {
                data.Add(method.DeclaringType!, method.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Call_NobodyIsSignedIn_IsRefused(Type service, string name)
    {
        var method = PublicTasks(service).Single(method => method.Name == name);
        var arguments = method.GetParameters().Select(parameter => AnyOf(parameter.ParameterType)).ToArray();

        var call = () => _app.AsNobodyAsync(service, instance => (Task)method.Invoke(instance, arguments)!);

        await call.ShouldThrowAsync<NotAnAdminException>($"Rule: every public service method begins with CurrentAdmin.RequireAsync. {service.Name}.{name} does not.");
    }

    [Fact]
    public void Services_ThatKnowTheCurrentAdmin_AreAllCovered()
    {
        var asking = typeof(Program).Assembly.GetTypes()
            .Where(type => type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(CurrentAdmin))));

        asking.ShouldBeSubsetOf(s_services, "Rule: every public service is in this test's list.");
    }

    private static IEnumerable<MethodInfo> PublicTasks(Type service) =>
        service.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType.IsAssignableTo(typeof(Task)) && method.Name != CheckedByCaller);

    private static object? AnyOf(Type type) =>
        type == typeof(string) ? "any"
        : type == typeof(ConnectRequest) ? new ConnectRequest("Any", "any", "any-key-of-somebody")
        : type == typeof(StoredTicket) ? new StoredTicket { Id = 1, InstanceId = 1, Instance = "any", Subdomain = "any", KustomerId = "any" }
        : type == typeof(TicketReference) ? new TicketReference("5a0000000000000000000001", null)
        : type == typeof(IReadOnlyCollection<string>) ? new[] { "any" }
        : type.IsValueType || type.GetConstructor([]) is not null ? Activator.CreateInstance(type)
        : null;

    public sealed class Console : IAsyncLifetime
    {
        public TestApp App { get; } = TestApp.Start();

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
