using System.Net;
using Microsoft.AspNetCore.Routing;

namespace KustomerAdmin.Tests.Shell;

public sealed class AntiforgeryTests : IAsyncLifetime
{
    private readonly TestApp _app = TestApp.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/setup?token=" + TestApp.SetupToken)]
    public async Task Post_AnonymousWithoutTheToken_IsRefused(string path)
    {
        using var visitor = _app.NewVisitor();

        using var answer = await visitor.PostAsync(path, Form());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Post_SignedInWithoutTheToken_IsRefusedByEveryEndpoint()
    {
        using var admin = await _app.CreateAdminAndSignInAsync();
        var paths = _app.Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST", StringComparer.Ordinal) == true)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            // The set-up is not even there without its link.
            .Where(path => path is not "/setup" && !path.StartsWith("/_blazor", StringComparison.Ordinal) && !path.Contains('{', StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).ToList();

        foreach (var path in paths)
        {
            using var answer = await admin.PostAsync(path, Form());
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        }

        paths.ShouldContain("/account/sign-out");
    }

    private static FormUrlEncodedContent Form() => new([new("_handler", "sign-in"), new("Form.Email", "jane.doe@example.com")]);
}
