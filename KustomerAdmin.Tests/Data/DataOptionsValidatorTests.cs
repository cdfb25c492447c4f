using KustomerAdmin.Data;

namespace KustomerAdmin.Tests.Data;

public sealed class DataOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeed() => Failures(static _ => { }).ShouldBeEmpty();

    [Fact]
    public void Validate_SqlServerInAnyCase_Succeeds() =>
        Failures(options => (options.Provider, options.ConnectionString) = ("sqlserver", "Server=db;Database=kadm")).ShouldBeEmpty();

    [Fact]
    public void Validate_UnknownProvider_NamesTheKnownOnes() =>
        Failures(options => options.Provider = "Oracle").ShouldBe(["Database:Provider is 'Oracle'; it must be Sqlite or SqlServer."]);

    [Fact]
    public void Validate_SqlServerWithoutConnection_AsksForIt() =>
        Failures(options => options.Provider = "SqlServer").ShouldHaveSingleItem().ShouldStartWith("ConnectionStrings:KustomerAdmin is empty");

    [Fact]
    public void Validate_UnreadableConnection_IsNotRepeated()
    {
        var failure = Failures(options => options.ConnectionString = "the password is hunter2").ShouldHaveSingleItem();

        failure.ShouldStartWith("ConnectionStrings:KustomerAdmin cannot be read");
        failure.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("data")]
    public void Validate_DirectoryThatDependsOnWhereItIsStarted_IsRefused(string directory) =>
        Failures(options => options.Directory = directory).ShouldHaveSingleItem().ShouldStartWith("DataDirectory");

    [Fact]
    public void Validate_SeveralFaults_NamesAll() =>
        Failures(options => (options.Provider, options.Directory, options.ConnectionString) = ("x", "", "y")).Count().ShouldBe(3);

    private static IEnumerable<string> Failures(Action<DataOptions> change)
    {
        var options = new DataOptions { Directory = Path.GetTempPath() };
        change(options);
        return new DataOptionsValidator().Validate(null, options).Failures ?? [];
    }
}
