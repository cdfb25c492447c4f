using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace KustomerAdmin.Tests;

/// <summary>A server on a free port that keeps what it was asked, and answers as the test says: nothing else can prove that nothing was sent.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<string> _requests = new();

    private LocalServer(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.First());

    /// <summary>Method, path and the value of the Authorization header of each request.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static async Task<LocalServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var server = new LocalServer(application);
        application.Run(context =>
        {
            server._requests.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}".TrimEnd());
            return answer(context);
        });
        await application.StartAsync();
        return server;
    }

    public static Task<LocalServer> AnsweringAsync(string json) => StartAsync(context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    });

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
