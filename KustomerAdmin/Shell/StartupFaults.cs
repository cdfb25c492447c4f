using KustomerAdmin.Data;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Shell;

/// <summary>Why the console cannot start, in sentences for the operator instead of a stack trace.</summary>
internal static class StartupFaults
{
    /// <summary>EX_CONFIG of sysexits.h: do not restart, somebody must change something.</summary>
    public const int ExitCode = 78;

    /// <summary>One line for each fault of the settings, all of them at once; empty for a fault that is a bug of ours.</summary>
    public static IReadOnlyList<string> Describe(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(Describe)],
        StartupException startup => [startup.Message],
        IOException { InnerException: AddressInUseException } taken => [$"{taken.Message} Stop the program that listens there, or set Urls to another address."],
        _ => [],
    };

    public static void Print(IEnumerable<string> faults)
    {
        Console.Error.WriteLine("KustomerAdmin cannot start:");
        foreach (var fault in faults)
        {
            Console.Error.WriteLine($"  {fault}");
        }
    }
}
