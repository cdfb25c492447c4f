namespace KustomerAdmin.Sandbox.Search;

/// <summary>A search that Kustomer refuses with 400.</summary>
internal sealed class SearchException(string message) : Exception(message);
