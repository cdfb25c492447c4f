namespace KustomerAdmin.Tests.Simulation;

/// <summary>A process's way to Kustomer: one that was killed neither sends nor hears anything any more.</summary>
internal sealed class ProcessWire(ProcessLife life, BudgetWatch budget, HttpMessageHandler kustomer) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _kustomer = new(kustomer, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await StayDeadAsync();
        var isSearch = request.Method == HttpMethod.Post;
        budget.Send(isSearch, SimulatedConsole.IsPerson);
        try
        {
            var answer = await _kustomer.SendAsync(request, cancellationToken);
            budget.Hear(isSearch, answer);
            return answer;
        }
        finally
        {
            await StayDeadAsync();
        }
    }

    private Task StayDeadAsync() => life.IsAlive ? Task.CompletedTask : new TaskCompletionSource().Task;
}
