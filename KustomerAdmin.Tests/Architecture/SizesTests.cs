namespace KustomerAdmin.Tests.Architecture;

public sealed class SizesTests
{
    [Fact]
    public void Files_OfSource_HaveAtMost200Lines() =>
        Longer(Sources.All(".cs"), 200).ShouldBeEmpty("Rule: a file has at most 200 lines. One that outgrows them gives birth to a second one in its own folder.");

    [Fact]
    public void Scripts_OfThePages_HaveAtMost120Lines() =>
        Longer(Sources.All(".js").Where(file => !file.Name.StartsWith("wwwroot/_framework/", StringComparison.Ordinal)), 120).ShouldBeEmpty("Rule: a script does one thing; another thing is another script.");

    [Fact]
    public void Program_File_HasAtMost50Lines() =>
        Longer(Sources.All(".cs").Where(file => file.Name is "Program.cs"), 50).ShouldBeEmpty("Rule: Program.cs has at most 50 lines: a line a folder, then the pipeline.");

    [Fact]
    public void OptionsClasses_Files_HaveAtMost32Lines() =>
        Longer(Sources.All("Options.cs").Where(file => file.Name is not "Sync/SyncOptions.cs"), 32).ShouldBeEmpty("Rule: an options class is short: defaults that work, units in the type.");

    [Fact]
    public void Folders_ForLeftovers_DoNotExist() =>
        Sources.All(".cs", ".razor").Where(file => file.Name.Split('/')[..^1].Any(folder => folder is "Common" or "Helpers" or "Utils" or "Managers")).Select(file => file.Name)
            .ShouldBeEmpty("Rule: no folder for what has no place.");

    private static IEnumerable<string> Longer(IEnumerable<SourceFile> files, int most) =>
        files.Where(file => file.Lines > most).Select(file => $"{file.Name}: {file.Lines} lines");
}
