namespace KustomerAdmin.Kustomer;

/// <summary>One thing asked of Kustomer. All of it only reads, so it may be asked again.</summary>
internal sealed record Question(KustomerRoute Route, AnswerShape Shape)
{
    public string? Query { get; init; }

    /// <summary>The body of a search; null for everything else.</summary>
    public ReadOnlyMemory<byte>? Search { get; init; }

    public KustomerEndpoint Endpoint => Route.Endpoint;

    public bool IsSearch => Search is not null;

    public string Address => Query is null ? Route.Path : $"{Route.Path}?{Query}";
}
