using FsCheck;
using FsCheck.Fluent;

namespace KustomerAdmin.Tests;

/// <summary>Properties: a sentence that is true of every value a generator gives. FsCheck shrinks the one it finds false.</summary>
internal static class Holds
{
    public static void ForAll<T>(Gen<T> values, Action<T> assertion, int runs = 200) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithQuietOnSuccess(true), Prop.ForAll(values.ToArbitrary(), assertion));

    public static void ForAll<T>(Action<T> assertion, int runs = 200) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithQuietOnSuccess(true), Prop.ForAll(ArbMap.Default.ArbFor<T>(), assertion));
}
