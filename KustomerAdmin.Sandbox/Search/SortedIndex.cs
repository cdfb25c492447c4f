namespace KustomerAdmin.Sandbox.Search;

/// <summary>Items in order of a time and, where times tie, of their position. Ranges are found and counted without looking at the items.</summary>
internal sealed class SortedIndex<T>
{
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    public T this[int rank] => _entries[rank].Item;

    public void Fill(IEnumerable<(long Key, int Tie, T Item)> items)
    {
        _entries.Clear();
        _entries.AddRange(items.Select(item => new Entry(item.Key, item.Tie, item.Item)));
        _entries.Sort(static (left, right) => left.CompareTo(right.Key, right.Tie));
    }

    public void Add(long key, int tie, T item) => _entries.Insert(Rank(key, tie), new Entry(key, tie, item));

    public void Remove(long key, int tie)
    {
        var rank = Rank(key, tie);
        if (rank < _entries.Count && _entries[rank].CompareTo(key, tie) == 0)
        {
            _entries.RemoveAt(rank);
        }
    }

    /// <summary>How many entries lie before the key.</summary>
    public int Before(long key) => Rank(key, int.MinValue);

    private int Rank(long key, int tie)
    {
        var low = 0;
        var high = _entries.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].CompareTo(key, tie) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private readonly record struct Entry(long Key, int Tie, T Item)
    {
        public int CompareTo(long key, int tie) => Key != key ? Key.CompareTo(key) : Tie.CompareTo(tie);
    }
}
