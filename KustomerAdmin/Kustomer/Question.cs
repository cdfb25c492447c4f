namespace KustomerAdmin.Kustomer;

/// <summary>One thing asked of Kustomer. Nearly all of it only reads, so it may be asked again.</summary>
internal sealed record Question(KustomerRoute Route, AnswerShape Shape)
{
    public string? Query { get; init; }

    /// <summary>What is sent along; null for a plain GET.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Counts against the limit of searches, too.</summary>
    public bool IsSearch { get; init; }

    /// <summary>False for what makes something in Kustomer: it is sent once.</summary>
    public bool IsRead { get; init; } = true;

    public KustomerEndpoint Endpoint => Route.Endpoint;

    public string Address => Query is null ? Route.Path : $"{Route.Path}?{Query}";
}
