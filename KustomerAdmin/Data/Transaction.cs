using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

public static class Transaction
{
    /// <summary>Runs <paramref name="work"/> in one transaction, again from the start where the provider retries a broken connection.</summary>
    public static Task<T> TransactAsync<T>(this AppDbContext db, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(
            async cancellation =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                var result = await work(cancellation);
                await transaction.CommitAsync(cancellation);
                return result;
            },
            cancellationToken);
}
