using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Reading;

namespace KustomerAdmin.Tests.Sync.Reading;

public sealed class ReadAheadTests : KeysetWalkTest
{
    [Fact]
    public async Task Pages_ReadAhead_AreAskedForWhileOneIsWorkedOnAndNeverMoreThanOne()
    {
        var shelf = new Shelf(new Case(5, [.. Enumerable.Range(0, 40)], 1, 0, 0, false));
        List<int> askedAtEach = [];

        await foreach (var page in new KeysetWalk<Book>(shelf.SearchAsync, IdOf, At).ReadAsync(new SearchQuery(), CancellationToken.None).OneAheadAsync(CancellationToken.None))
        {
            askedAtEach.Add(shelf.Requests);
        }

        askedAtEach[..4].ShouldBe([2, 3, 4, 5]);
        askedAtEach[^1].ShouldBe(askedAtEach.Count);
    }

    [Fact]
    public async Task Page_ReadAheadFails_IsHeardWhenThePageBeforeIsDone()
    {
        List<int> done = [];
        async IAsyncEnumerable<int> Pages()
        {
            yield return 1;
            await Task.Yield();
            throw new SyncException("The second is broken.");
        }

        var read = async () =>
        {
            await foreach (var page in Pages().OneAheadAsync(CancellationToken.None))
            {
                await Task.Yield();
                done.Add(page);
            }
        };

        await read.ShouldThrowAsync<SyncException>();
        done.ShouldBe([1]);
    }
}
