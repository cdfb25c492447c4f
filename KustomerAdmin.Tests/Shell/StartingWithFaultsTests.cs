using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace KustomerAdmin.Tests.Shell;

/// <summary>The real program in a process of its own: what an operator sees when it cannot start.</summary>
public sealed class StartingWithFaultsTests : IDisposable
{
    private const int SettingsFault = 78;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kustomeradmin-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Start_SeveralWrongSettings_NamesThemAllAndEnds()
    {
        var (code, errors) = await RunAsync(("Database:Provider", "Oracle"), ("Setup:Token", "short"), ("Kustomer:ApiUrlTemplate", "nonsense"));

        code.ShouldBe(SettingsFault);
        errors.ShouldContain("Database:Provider");
        errors.ShouldContain("Setup:Token");
        errors.ShouldContain("Kustomer:ApiUrlTemplate");
        errors.ShouldNotContain("short");
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Start_DirectoryIsAFile_SaysWhatToDo()
    {
        var file = Path.Combine(_directory.FullName, "file");
        await File.WriteAllTextAsync(file, "");

        var (code, errors) = await RunAsync(("DataDirectory", file));

        code.ShouldBe(SettingsFault);
        errors.ShouldContain("DataDirectory");
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Start_PortIsTaken_SaysSo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://{other.LocalEndpoint}";

        var (code, errors) = await RunAsync(("Urls", address));

        code.ShouldBe(SettingsFault);
        errors.ShouldContain(address);
        errors.ShouldContain("Urls");
    }

    private async Task<(int Code, string Errors)> RunAsync(params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var (key, value) in (IEnumerable<(string, string)>)[("DataDirectory", _directory.FullName), ("Urls", "http://127.0.0.1:0"), .. settings])
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = await process.StandardError.ReadToEndAsync(patience.Token);
            await output;
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
