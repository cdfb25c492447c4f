namespace KustomerAdmin.Sandbox.Api;

/// <summary>Leaves the process's signals alone: the emulator lives in a process that decides by itself when to stop.</summary>
internal sealed class BorrowedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
