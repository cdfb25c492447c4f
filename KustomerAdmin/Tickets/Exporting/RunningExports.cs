using KustomerAdmin.Audit;

namespace KustomerAdmin.Tickets.Exporting;

/// <summary>The exports of this process: one an admin and two altogether, so that nobody's work stands still because of them.</summary>
public sealed class RunningExports(TimeProvider time)
{
    internal const int Most = 2;
    private static readonly TimeSpan s_toCollect = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<RunningExport> _exports = [];

    /// <param name="refusal">Why not, for people.</param>
    internal RunningExport? Begin(Actor admin, ExportOrder order, out string? refusal)
    {
        var export = new RunningExport(admin, order);
        lock (_gate)
        {
            refusal = _exports.Exists(other => IsOf(other, admin)) ? "An export of yours is running already. Wait until it ends, or cancel it."
                : _exports.Count >= Most ? $"{Most} exports are running already, which is the most at a time. Try again when one of them has ended."
                : null;
            if (refusal is not null)
            {
                return null;
            }

            _exports.Add(export);
        }

        _ = ForgetAsync(export);
        return export;
    }

    /// <summary>The one that waits or runs.</summary>
    internal RunningExport? Of(Actor admin)
    {
        lock (_gate)
        {
            return _exports.Find(export => IsOf(export, admin));
        }
    }

    /// <param name="abort">See <see cref="RunningExport.Abort"/>.</param>
    /// <returns>Null when there is none, it is somebody else's, or it was collected already.</returns>
    internal RunningExport? Collect(Actor admin, string key, Action abort)
    {
        RunningExport? export;
        lock (_gate)
        {
            export = _exports.Find(one => one.State is ExportState.Waiting && string.Equals(one.Key, key, StringComparison.Ordinal) && IsOf(one, admin));
            if (export is not null)
            {
                (export.Abort, export.State) = (abort, ExportState.Writing);
            }
        }

        export?.RaiseChanged();
        return export;
    }

    /// <summary>Ends one that waits or runs; unless it is done, its connection is broken off.</summary>
    /// <returns>False when it was over already.</returns>
    internal bool TryEnd(RunningExport export, ExportState state, ExportState? from = null)
    {
        lock (_gate)
        {
            if (!export.IsUnderWay || (from is not null && export.State != from))
            {
                return false;
            }

            if (export.State is ExportState.Waiting)
            {
                _exports.Remove(export);
            }

            export.State = state;
        }

        if (state is not ExportState.Done)
        {
            export.Abort?.Invoke();
        }

        export.RaiseChanged();
        return true;
    }

    /// <summary>Nothing of it works any more: its place is free.</summary>
    internal void Leave(RunningExport export)
    {
        lock (_gate)
        {
            _exports.Remove(export);
        }
    }

    private static bool IsOf(RunningExport export, Actor admin) => string.Equals(export.Admin.Id, admin.Id, StringComparison.Ordinal);

    private async Task ForgetAsync(RunningExport export)
    {
        await Task.Delay(s_toCollect, time);
        TryEnd(export, ExportState.NotCollected, from: ExportState.Waiting);
    }
}
