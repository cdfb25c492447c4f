using System.Reflection;

namespace KustomerAdmin.Tests.Architecture;

public sealed class LookLeftTests
{
    private const string Rule = "Rule: a folder uses only folders to its left (Kustomer, Data, Controls, Audit, Identity, Usage, Integrations, Problems, Fields, Filters, Sync, Tickets, Shell); the first three use none of ours.";

    [Fact]
    public void Sources_OfEveryFolder_NameOnlyFoldersToTheirLeft()
    {
        var offences = Sources.All(".cs", ".razor").Where(file => file.Folder.Length > 0)
            .SelectMany(file => Sources.FoldersNamedIn(file.Text).Where(used => !IsAllowed(file.Folder, used)).Select(used => $"{file.Name} uses {used}"));

        offences.ShouldBeEmpty(Rule);
    }

    [Fact]
    public void Types_OfEveryFolder_HoldAndTakeOnlyTypesOfFoldersToTheirLeft()
    {
        var offences = typeof(Program).Assembly.GetTypes()
            .SelectMany(type => UsedBy(type).Select(used => (Type: type, Used: used)))
            .Where(pair => FolderOf(pair.Type) is { } own && FolderOf(pair.Used) is { } used && !IsAllowed(own, used))
            .Select(pair => $"{pair.Type} uses {pair.Used}").Distinct(StringComparer.Ordinal);

        offences.ShouldBeEmpty(Rule);
    }

    [Fact]
    public void Map_AndFolders_AreTheSame() =>
        Sources.All(".cs", ".razor").Select(file => file.Folder).Where(folder => folder.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(Sources.Map.Order(StringComparer.Ordinal), "Rule: a new noun is a new folder, and the map names it.");

    private static bool IsAllowed(string own, string used)
    {
        var (here, there) = (Array.IndexOf(Sources.Map, own), Array.IndexOf(Sources.Map, used));
        return here == there || (there >= 0 && there < here && here > 2);
    }

    private static string? FolderOf(Type type) =>
        type.Namespace?.Split('.') is ["KustomerAdmin", var folder, ..] && Sources.Map.Contains(folder, StringComparer.Ordinal) ? folder : null;

    private static IEnumerable<Type> UsedBy(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<Type?> used =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(All).Select(field => field.FieldType),
            .. type.GetMethods(All).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)),
            .. type.GetConstructors(All).SelectMany(constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType)),
        ];
        return used.OfType<Type>().SelectMany(Parts);
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];
}
