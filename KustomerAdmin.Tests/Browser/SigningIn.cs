using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KustomerAdmin.Tests.Browser;

internal static class SigningIn
{
    public static async Task SignInAsync(this IPage page)
    {
        await page.GotoAsync("account/sign-in");
        await page.Locator("[name='Form.Email']").FillAsync(TestApp.AdminName);
        await page.Locator("[name='Form.Password']").FillAsync(TestApp.AdminPassword);
        await page.Locator("main button[type=submit]").ClickAsync();
        await Expect(page.Locator(".user-menu")).ToBeVisibleAsync();
    }
}
