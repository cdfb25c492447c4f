using Bunit;
using KustomerAdmin.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Shell;

public sealed class DialogHostTests : IAsyncDisposable
{
    private readonly BunitContext _browser = new();

    public DialogHostTests()
    {
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddRadzenComponents();
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();

    [Fact]
    public async Task Dialog_ThatRunsIntoAFault_EndsAndLeavesThePageAndTheNextDialog()
    {
        var page = _browser.Render<DialogHost>();
        var dialogs = _browser.Services.GetRequiredService<DialogService>();
        Task opened = page.InvokeAsync(() => dialogs.OpenAsync<FaultyDialog>("Faulty"));

        await page.WaitForElementAsync("#fault");
        await page.ActAsync(at => at.Find("#fault").ClickAsync());

        (await page.WaitForElementAsync("[role=alert]")).TextContent.ShouldContain("ran into a fault");
        await opened.WaitAsync(TimeSpan.FromSeconds(30));
        await page.ActAsync(at => at.Find(".dialog-fault button").ClickAsync());
        page.FindAll("[role=alert]").ShouldBeEmpty();
        _ = page.InvokeAsync(() => dialogs.OpenAsync<FaultyDialog>("The next"));
        (await page.WaitForElementAsync("#fault")).ShouldNotBeNull();
    }

    private sealed class FaultyDialog : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "id", "fault");
            builder.AddAttribute(2, "onclick", EventCallback.Factory.Create(this, static () => throw new InvalidOperationException("The database is busy.")));
            builder.CloseElement();
        }
    }
}
