using KustomerAdmin.Kustomer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Tickets.Attachments;

/// <summary>A storage that takes its time.</summary>
public sealed class SlowAttachmentTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_never = TimeSpan.FromMinutes(5);

    [Fact]
    public Task Storage_ThatDoesNotAnswer_IsGivenUp() => ShouldBeGivenUpAsync(
        context => Task.Delay(Timeout.Infinite, context.RequestAborted),
        new AttachmentPatience { Answer = s_soon, Silence = s_never, Overall = s_never });

    [Fact]
    public Task Storage_ThatFallsSilent_IsGivenUp() => ShouldBeGivenUpAsync(
        async context =>
        {
            await context.Response.Body.WriteAsync(new byte[10], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        },
        new AttachmentPatience { Answer = s_never, Silence = s_soon, Overall = s_never });

    [Fact]
    public Task Storage_ThatDripsForEver_IsGivenUp() => ShouldBeGivenUpAsync(
        async context =>
        {
            while (true)
            {
                await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        },
        new AttachmentPatience { Answer = s_never, Silence = s_never, Overall = s_soon });

    private static async Task ShouldBeGivenUpAsync(Func<HttpContext, Task> answerAsync, AttachmentPatience patience)
    {
        await using var storage = await LocalServer.StartAsync(async context =>
        {
            try
            {
                await answerAsync(context);
            }
            catch (OperationCanceledException)
            {
                // The console went away, as it should.
            }
        });
        using var source = new AttachmentSource(Options.Create(new KustomerOptions { ApiUrlTemplate = storage.Address.AbsoluteUri })) { Patience = patience };

        var exception = await Should.ThrowAsync<AttachmentException>(async () =>
        {
            using var bytes = await source.OpenAsync(new Uri(storage.Address, "/file"), CancellationToken.None);
            await bytes.CopyToAsync(Stream.Null, CancellationToken.None);
        });

        exception.Problem.ShouldBe(AttachmentProblem.NotAvailable);
    }
}
