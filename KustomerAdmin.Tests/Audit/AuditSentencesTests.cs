using System.Reflection;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Tests.Audit;

public sealed class AuditSentencesTests
{
    public static TheoryData<string> Actions =>
        [.. typeof(AuditActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(name => (string)name.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Of_EveryAction_IsASentence(string action) => AuditSentences.Of(action, AuditOutcome.Succeeded).ShouldNotBe(action);
}
