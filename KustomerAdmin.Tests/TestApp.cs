using System.Net;
using System.Text.RegularExpressions;
using KustomerAdmin.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KustomerAdmin.Tests;

/// <summary>The real console on a free port, with SQLite in a directory of its own that goes with it.</summary>
public sealed partial class TestApp : IAsyncDisposable
{
    public const string SetupToken = "the-token-of-the-tests";
    public const string AdminName = "jane.doe@example.com";
    public const string AdminPassword = "correct horse battery staple";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kustomeradmin-");
    private readonly Factory _factory;
    private SqliteConnection _database = null!;

    private TestApp(IEnumerable<(string Key, string Value)> settings, Action<IServiceCollection> change) =>
        _factory = new Factory([(DataOptions.DirectoryKey, _directory.FullName), ("Setup:Token", SetupToken), .. settings], services =>
        {
            services.AddSingleton<ILoggerProvider>(Log);
            change(services);
        });

    /// <summary>Where a browser finds it.</summary>
    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. _factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public static TestApp Start(params (string Key, string Value)[] settings) => Start(static _ => { }, settings);

    private static TestApp Start(Action<IServiceCollection> change, IEnumerable<(string Key, string Value)> settings) =>
        Start(change, settings, static kestrel => kestrel.Listen(IPAddress.Loopback, 0));

    private static TestApp Start(Action<IServiceCollection> change, IEnumerable<(string Key, string Value)> settings, Action<KestrelServerOptions> listen)
    {
        var app = new TestApp(settings, change);
        app._factory.UseKestrel(listen);
        app._factory.StartServer();
        app.Address = new Uri(app._factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var db = app._factory.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();
        app._database = new SqliteConnection(db.Database.GetConnectionString());
        return app;
    }

    /// <summary>A browser without script: keeps cookies, asks for pages, shows redirects instead of following them.</summary>
    public HttpClient NewVisitor()
    {
#pragma warning disable CA2000, MA0039 // The client owns the handler, and the console over https has a certificate of the tests' own.
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), ServerCertificateCustomValidationCallback = IsOwn }) { BaseAddress = Address };
#pragma warning restore CA2000, MA0039
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }

    public async Task<HttpClient> CreateAdminAndSignInAsync()
    {
        var visitor = NewVisitor();
        using var created = await CreateFirstAdminAsync(visitor, AdminName);
        created.StatusCode.ShouldBe(HttpStatusCode.Found);
        return visitor;
    }

    public static Task<HttpResponseMessage> CreateFirstAdminAsync(HttpClient visitor, string name, string password = AdminPassword) =>
        SubmitAsync(visitor, $"/setup?token={SetupToken}", ("Form.Email", name), ("Form.Password", password), ("Form.Repeat", password));

    public static Task<HttpResponseMessage> SignInAsync(HttpClient visitor, string name, string password, string returnUrl = "/") =>
        SubmitAsync(visitor, $"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", ("Form.Email", name), ("Form.Password", password));

    public static async Task<HttpResponseMessage> SignOutAsync(HttpClient visitor)
    {
        var form = HiddenFields(await visitor.GetStringAsync("/audit"));
        return await visitor.PostAsync("/account/sign-out", new FormUrlEncodedContent(form));
    }

    /// <summary>Opens the page, fills its form in and sends it, hidden fields included.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient visitor, string path, params (string Name, string Value)[] fields)
    {
        var form = HiddenFields(await visitor.GetStringAsync(path));
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return await visitor.PostAsync(path, new FormUrlEncodedContent(form));
    }

    public static Dictionary<string, string> HiddenFields(string page) =>
        HiddenField().Matches(page).DistinctBy(match => match.Groups["name"].Value, StringComparer.Ordinal)
            .ToDictionary(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value), StringComparer.Ordinal);

    /// <summary>Looks at what is stored.</summary>
    public async Task<T> StoredAsync<T>(Func<AppDbContext, Task<T>> question)
    {
        await using var db = await _factory.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await question(db);
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        SqliteConnection.ClearPool(_database);
        await _database.DisposeAsync();
        _admitting.Dispose();
        _directory.Delete(recursive: true);
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" />""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenField();

    private sealed class Factory(IReadOnlyList<(string Key, string Value)> settings, Action<IServiceCollection> change) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureTestServices(change);
        }
    }
}
