using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;

namespace KustomerAdmin.Benchmarks;

/// <summary>The sandbox in a process of its own.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private SandboxProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public static async Task<SandboxProcess> StartAsync(SyncOptions options, string directory)
    {
        var port = FreePort();
        var assembly = Path.GetFullPath(typeof(SandboxProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key is "SandboxAssembly").Value!.Replace('\\', '/'), AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { assembly, "--no-console", "--port", Text(port), "--data", directory, "--tickets", Text(options.Tickets), "--latency", Text(options.Latency), "--rpm", Text(options.RequestsPerMinute) },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The sandbox could not be started.");
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var sandbox = new SandboxProcess(process, new Uri($"http://127.0.0.1:{Text(port)}"));
        await sandbox.WaitAsync();
        await sandbox._http.PostAsJsonAsync("sandbox/limits", new { requestsPerMinute = options.RequestsPerMinute, searchesPerMinute = options.RequestsPerMinute });
        return sandbox;
    }

    /// <summary>The key of an organisation that may read everything.</summary>
    public async Task<string> KeyAsync(string subdomain)
    {
        var state = await _http.GetFromJsonAsync<JsonElement>("sandbox/state");
        return state.GetProperty("organizations").EnumerateArray().First(organization => organization.GetProperty("subdomain").ValueEquals(subdomain)).GetProperty("keys").GetProperty("full").GetString()!;
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill();
        _process.Dispose();
    }

    private async Task WaitAsync()
    {
        for (var patience = 0; ; patience++)
        {
            try
            {
                using var answer = await _http.GetAsync("sandbox/state");
                return;
            }
            catch (HttpRequestException) when (patience < 600 && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
