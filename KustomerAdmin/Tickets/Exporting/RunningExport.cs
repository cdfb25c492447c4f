using System.Security.Cryptography;
using KustomerAdmin.Audit;

namespace KustomerAdmin.Tickets.Exporting;

/// <summary>
/// One export from the press of a button to the last byte. The browser collects it at an address that works once, for the admin who asked and for
/// half a minute. It belongs to that download, not to the page: a page that closes leaves it alone.
/// </summary>
public sealed class RunningExport
{
    /// <summary>
    /// Its batches are read one after the other, each in the order as it is then: one moment for all of them would keep SQLite's log from being folded,
    /// and purged values in it, for as long as the slowest browser takes.
    /// </summary>
    internal const string ChangesNote = "Tickets were stored meanwhile: those that changed may be missing from the file, or stand in it twice.";

    private long _rows;

    internal RunningExport(Actor admin, ExportOrder order) => (Admin, Order) = (admin, order);

    /// <summary>State or rows are different now. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Set by <see cref="RunningExports"/> alone.</summary>
    public ExportState State { get; internal set; }

    /// <summary>Written so far.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>What is stored changed while it was written. Known at its end.</summary>
    public bool HasMetChanges { get; internal set; }

    public bool IsUnderWay => State is ExportState.Waiting or ExportState.Writing;

    /// <summary>Who asked for it.</summary>
    internal Actor Admin { get; }

    internal ExportOrder Order { get; }

    /// <summary>The part of its address that nobody can guess: 128 bits.</summary>
    internal string Key { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Breaks the connection off, so that the browser sees that the file is not whole.</summary>
    internal Action? Abort { get; set; }

    internal void AddRows(int rows)
    {
        Interlocked.Add(ref _rows, rows);
        RaiseChanged();
    }

    internal void RaiseChanged() => Changed?.Invoke();
}

public enum ExportState
{
    /// <summary>For the browser to collect it.</summary>
    Waiting,
    Writing,
    Done,
    Cancelled,

    /// <summary>The browser never collected it.</summary>
    NotCollected,

    /// <summary>The connection ended, or the tickets could not be read.</summary>
    Failed,
}
