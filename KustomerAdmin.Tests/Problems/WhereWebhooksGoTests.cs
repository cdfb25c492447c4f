using KustomerAdmin.Data.Entities;
using KustomerAdmin.Problems;

namespace KustomerAdmin.Tests.Problems;

/// <summary>A webhook's address is typed by a person and must lead nowhere it should not.</summary>
public sealed class WhereWebhooksGoTests : NotifyingTest
{
    protected override (string Key, string Value)[] Settings => [];

    [Theory]
    [InlineData("http://hooks.example.com/7", "Only https addresses can be used.")]
    [InlineData("http://localhost:9/7", "Only https addresses can be used.")]
    [InlineData("file:///etc/passwd", "Only https addresses can be used.")]
    [InlineData("https://user:secret@hooks.example.com/", "This is not an address. It begins with https:// and holds no user name.")]
    [InlineData("https://hooks.example.com/#7", "This is not an address. It begins with https:// and holds no user name.")]
    [InlineData("hooks.example.com", "This is not an address. It begins with https:// and holds no user name.")]
    [InlineData("", "Enter an address.")]
    public async Task Add_AddressThatCannotBeUsed_IsRefused(string address, string fault) => (await AddAsync(NotificationKind.Webhook, address)).Fault.ShouldBe(fault);

    [Fact]
    public async Task Add_EmailWithoutAMailServer_IsRefused() => (await AddAsync(NotificationKind.Email, "jane@example.com")).Fault.ShouldNotBeNull().ShouldStartWith("No mail server is set.");

    [Fact]
    public async Task Add_TwiceOrToAnInstanceThatIsGone_IsRefused()
    {
        (await AddAsync(NotificationKind.Webhook, "https://hooks.example.com/7")).Fault.ShouldBeNull();

        (await AddAsync(NotificationKind.Webhook, " https://hooks.example.com/7 ")).Fault.ShouldBe("This address is told already.");
        (await App.AsAdminAsync<NotificationTargets, AddedTarget>(targets => targets.AddAsync(4711, NotificationKind.Webhook, "https://hooks.example.com/7", default))).Fault.ShouldBe("This instance was removed meanwhile.");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    [InlineData("169.254.169.254")]
    [InlineData("2130706433")]
    public async Task Send_AddressInThisMachinesNetwork_IsNotConnectedTo(string host)
    {
        (await AddAsync(NotificationKind.Webhook, $"https://{host}:{Hook.Address.Port}/")).Fault.ShouldBeNull();

        var failure = await App.AsAdminAsync<NotificationTargets, string?>(async targets => await targets.TestAsync((await TargetAsync()).Id, default));

        failure.ShouldBe("The address leads into a private network. The operator can allow that (Notifications:AllowPrivateAddresses).");
        Hook.Requests.ShouldBeEmpty();
    }
}

public sealed class RedirectedWebhooksTests : NotifyingTest
{
    [Fact]
    public async Task Send_Redirected_IsAFailureAndNotFollowed()
    {
        await AddHookAsync();
        Status = 307;

        await SetKeyEndAsync(TimeSpan.FromDays(20));

        Hook.Requests.ShouldBe(["POST /hooks/7"]);
        (await TargetAsync()).LastFailure.ShouldBe("The webhook answered with status 307.");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://hooks.example.com/")]
    public async Task Add_PrivateAddressesAllowed_StillTakesHttpOnlyToThisMachine(string address) => (await AddAsync(NotificationKind.Webhook, address)).Fault.ShouldBe("Only https addresses can be used.");
}
