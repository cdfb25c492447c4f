using System.Diagnostics;
using KustomerAdmin.Tests.Crashes;
using KustomerAdmin.Tests.Simulation;

namespace KustomerAdmin.Tests;

/// <summary>The test assembly started as a program, for tests that need a process of their own.</summary>
internal static class ChildProcess
{
    public static Task<int> Main(string[] args) => args switch
    {
        [SimulationChild.Name, .. var seeds] => SimulationChild.RunAsync(seeds),
        [CrashChild.Name, .. var crash] => CrashChild.RunAsync(crash),
        _ => Task.FromResult(2),
    };

    public static ProcessStartInfo Of(params string[] args) =>
        new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) is "dotnet" ? host : "dotnet", ["exec", typeof(ChildProcess).Assembly.Location, .. args]);
}
