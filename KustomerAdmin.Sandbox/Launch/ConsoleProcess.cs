using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace KustomerAdmin.Sandbox.Launch;

/// <summary>The console as a child process, wired to the emulator by environment variables. Its output goes to this terminal.</summary>
internal sealed class ConsoleProcess : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private ConsoleProcess(Process process) => _process = process;

    public int ExitCode => _process.ExitCode;

    /// <exception cref="LaunchException">The console was not built.</exception>
    public static ConsoleProcess Start(Uri api, int port, string dataDirectory)
    {
        var assembly = FindAssembly();
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "dotnet" ? path : "dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
            ArgumentList = { assembly },
        };
        var address = api.GetLeftPart(UriPartial.Authority);
        start.Environment["Kustomer__ApiUrlTemplate"] = address;
        start.Environment["Kustomer__PortalUrlTemplate"] = address + "/portal/{subdomain}";
        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
        start.Environment["DataDirectory"] = dataDirectory;
        start.Environment["Database__Provider"] = "Sqlite";
        return new ConsoleProcess(Process.Start(start) ?? throw new LaunchException("The console could not be started."));
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks it to stop; after ten seconds it is ended.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            _ = Signal(_process.Id, Terminate);
        }

        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _process.Dispose();

    private static string FindAssembly()
    {
        var relative = typeof(ConsoleProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key is "ConsoleAssembly").Value!;
        var assembly = Path.GetFullPath(relative.Replace('\\', '/'), AppContext.BaseDirectory);
        return File.Exists(assembly) ? assembly : throw new LaunchException($"The console was not found at {assembly}. Build it first, or start with --no-console.");
    }

    // Process can only kill; a console that is to close its database needs to be asked.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
