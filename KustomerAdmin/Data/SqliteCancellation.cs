using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;

namespace KustomerAdmin.Data;

/// <summary>A statement that <see cref="SqliteNative.StopWhen"/> stopped was cancelled: by itself EF Core would log it as an error.</summary>
internal sealed class SqliteCancellation : IExceptionDetector
{
    private const int Interrupted = 9;

    public bool IsCancellation(Exception exception, CancellationToken cancellationToken = default) =>
        exception is OperationCanceledException || (exception is SqliteException { SqliteErrorCode: Interrupted } && cancellationToken.IsCancellationRequested);
}
