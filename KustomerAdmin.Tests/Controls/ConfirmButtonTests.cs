using Bunit;
using KustomerAdmin.Controls;
using Microsoft.AspNetCore.Components.Web;

namespace KustomerAdmin.Tests.Controls;

public sealed class ConfirmButtonTests : BunitContext
{
    private readonly TaskCompletionSource _work = new();
    private int _confirmed;

    public ConfirmButtonTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Press_Once_OnlyAsks()
    {
        var button = Render();

        button.Find("button").Click();

        _confirmed.ShouldBe(0);
        button.FindAll("button").Select(item => item.TextContent).ShouldBe(["Disconnect and keep 41,237 tickets", "Cancel"]);
    }

    [Fact]
    public void Press_ThenConfirm_ActsOnceAndIsBusyMeanwhile()
    {
        var button = Render();

        button.Find("button").Click();
        _ = button.Find("button").ClickAsync(new MouseEventArgs { Detail = 1 });

        button.Find("button").HasAttribute("disabled").ShouldBeTrue();
        _ = button.Find("button").ClickAsync(new MouseEventArgs { Detail = 1 });
        _confirmed.ShouldBe(1);
        _work.SetResult();
        button.WaitForAssertion(() => button.Find("button").TextContent.ShouldBe("Disconnect"));
    }

    [Fact]
    public async Task Confirm_Done_GivesTheFocusBack()
    {
        var button = Render();
        await button.ActAsync(at => at.Find("button").ClickAsync(new MouseEventArgs()));
        _work.SetResult();

        await button.ActAsync(at => at.Find("button").ClickAsync(new MouseEventArgs { Detail = 1 }));

        button.Find("button").TextContent.ShouldBe("Disconnect");
        JSInterop.VerifyFocusAsyncInvoke(2)[1].Arguments[0].ShouldBeElementReferenceTo(button.Find("button"));
    }

    [Fact]
    public void DoubleClick_OnTheFirstButton_ConfirmsNothing()
    {
        var button = Render();

        button.Find("button").Click(new MouseEventArgs { Detail = 1 });
        button.Find("button").Click(new MouseEventArgs { Detail = 2 });

        _confirmed.ShouldBe(0);
    }

    [Fact]
    public void Escape_WhileAsking_Cancels()
    {
        var button = Render();

        button.Find("button").Click();
        button.Find("span").KeyDown("Escape");

        button.FindAll("button").ShouldHaveSingleItem().TextContent.ShouldBe("Disconnect");
        _confirmed.ShouldBe(0);
    }

    private IRenderedComponent<ConfirmButton> Render() => Render<ConfirmButton>(parameters => parameters
        .Add(item => item.Text, "Disconnect")
        .Add(item => item.ConfirmText, "Disconnect and keep 41,237 tickets")
        .Add(item => item.OnConfirm, () =>
        {
            _confirmed++;
            return _work.Task;
        }));
}
