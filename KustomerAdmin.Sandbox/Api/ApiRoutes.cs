using KustomerAdmin.Sandbox.Access;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>Puts endpoints behind the pipeline.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints, ApiPipeline pipeline, SandboxState state)
{
    public SandboxState State => state;

    public void Get(string template, RoleRule rule, Func<ApiCall, ApiAnswer> endpoint) => Map("GET", template, rule, isSearch: false, endpoint);

    public void Delete(string template, RoleRule rule, Func<ApiCall, ApiAnswer> endpoint) => Map("DELETE", template, rule, isSearch: false, endpoint);

    public void Search(string template, Func<ApiCall, ApiAnswer> endpoint) => Map("POST", template, RoleRule.Search, isSearch: true, endpoint);

    public void Public(string method, string template, Func<HttpContext, Task<ApiAnswer>> endpoint) =>
        endpoints.MapMethods(template, [method], http => pipeline.RunPublicAsync(http, template, endpoint));

    /// <summary>Whatever nobody answers.</summary>
    public void Otherwise() => endpoints.Map("/v1/{**path}", http => pipeline.RunAsync(
        http, "/v1/{**path}", RoleRule.None, isSearch: false, static call => ApiError.NotFound($"No such endpoint: {call.Path}")));

    private void Map(string method, string template, RoleRule rule, bool isSearch, Func<ApiCall, ApiAnswer> endpoint) =>
        endpoints.MapMethods(template, [method], http => pipeline.RunAsync(http, template, rule, isSearch, endpoint));
}
