using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>Reads stretches in their order: from a row counted from the beginning, or from the last row that was read.</summary>
internal static class Walk
{
    /// <summary>Ids of one page.</summary>
    public static async Task<List<long>> PageAsync(IReadOnlyList<Stretch> stretches, int skip, int take, CancellationToken cancellationToken)
    {
        List<long> ids = [];
        foreach (var stretch in stretches)
        {
            var read = await stretch.Read([]).Skip(skip).Take(take - ids.Count).ToListAsync(cancellationToken);
            ids.AddRange(read.Select(IdOf));
            if (ids.Count == take)
            {
                break;
            }

            if (read.Count > 0 || skip == 0)
            {
                skip = 0;
                continue;
            }

            // The page begins behind this stretch.
            foreach (var source in stretch.Sources)
            {
                skip -= await source.CountAsync(cancellationToken);
            }
        }

        return ids;
    }

    /// <summary>Ids of all, a batch at a time. Each batch begins behind the last row of the one before it, so it costs the same anywhere.</summary>
    public static async IAsyncEnumerable<List<long>> BatchesAsync(Stretch stretch, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (object?[]? last = null; ;)
        {
            List<object?[]> batch = [];
            foreach (var conditions in Behind(stretch, last))
            {
                batch.AddRange(await stretch.Read(conditions).Take(size - batch.Count).ToListAsync(cancellationToken));
                if (batch.Count == size)
                {
                    break;
                }
            }

            if (batch.Count > 0)
            {
                yield return batch.ConvertAll(IdOf);
            }

            if (batch.Count < size)
            {
                yield break;
            }

            last = batch[^1];
        }
    }

    /// <summary>
    /// What follows a row: first those that share all its keys but the last, then those that share one key less, and so on. Each is one range of the
    /// index; said in one condition, the equal ones would be read from their beginning every time.
    /// </summary>
    public static IEnumerable<IReadOnlyList<Expression<Func<Candidate, bool>>>> Behind(Stretch stretch, object?[]? last)
    {
        if (last is null)
        {
            yield return [];
            yield break;
        }

        for (var place = last.Length - 1; place >= 0; place--)
        {
            yield return
            [
                .. stretch.Keys.Take(place).Select((key, shared) => Compared(key, last[shared], ExpressionType.Equal)),
                Compared(stretch.Keys[place], last[place], stretch.IsAscending ? ExpressionType.GreaterThan : ExpressionType.LessThan),
            ];
        }
    }

    private static Expression<Func<Candidate, bool>> Compared(LambdaExpression key, object? value, ExpressionType how)
    {
        var parameter = Predicate.Captured(value, key.ReturnType);
        Expression body = (key.ReturnType, how) switch
        {
            // Databases order them, no language compares them: after no comes yes.
            (var type, not ExpressionType.Equal) when type == typeof(bool?) =>
                (value is true) == (how is ExpressionType.LessThan) ? Expression.NotEqual(key.Body, parameter) : Expression.Constant(false),
            (var type, not ExpressionType.Equal) when type == typeof(string) =>
                Expression.MakeBinary(how, Expression.Call(typeof(string), nameof(string.Compare), null, key.Body, parameter), Expression.Constant(0)),
            _ => Expression.MakeBinary(how, key.Body, parameter),
        };
        return Expression.Lambda<Func<Candidate, bool>>(body, key.Parameters);
    }

    private static long IdOf(object?[] keys) => (long)keys[^1]!;
}
