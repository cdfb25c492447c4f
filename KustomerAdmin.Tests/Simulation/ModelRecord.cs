namespace KustomerAdmin.Tests.Simulation;

/// <summary>One state of a conversation. The search shows it from <paramref name="VisibleAt"/> on; asked for by its id it is there at once.</summary>
internal sealed record ModelVersion(DateTimeOffset UpdatedAt, DateTimeOffset VisibleAt, int Revision, int Customer, bool IsDeleted, bool IsUnreadable);

/// <summary>A conversation of the model with all states it ever had, oldest first.</summary>
internal sealed class ModelRecord(string id, DateTimeOffset createdAt)
{
    private readonly List<ModelVersion> _versions = [];
    private readonly HashSet<DateTimeOffset> _ahead = [];

    public string Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Deleted or merged without a trace: since then no address knows it, and the search forgets it a little later.</summary>
    public DateTimeOffset? GoneAt { get; private set; }

    public DateTimeOffset? ForgottenAt { get; private set; }

    /// <summary>Whether it was ever deleted or merged.</summary>
    public bool WasEverGone { get; private set; }

    /// <summary>The search leaves it out, though it is there: an index that is being built anew. The next change shows it again.</summary>
    public bool IsHidden { get; set; }

    public ModelVersion Current => _versions[^1];

    /// <summary>Neither deleted nor gone.</summary>
    public bool IsThere => GoneAt is null && !Current.IsDeleted;

    /// <summary>Subject of a version: tells which one is stored.</summary>
    public string SubjectOf(ModelVersion version) => $"{Id} in its revision {version.Revision}";

    public void Add(ModelVersion version)
    {
        // An index never shows an older state after a newer one.
        var visibleAt = _versions.Count > 0 && _versions[^1].VisibleAt > version.VisibleAt ? _versions[^1].VisibleAt : version.VisibleAt;
        _versions.Add(version with { VisibleAt = visibleAt });
        (IsHidden, WasEverGone) = (false, WasEverGone || version.IsDeleted);
    }

    /// <summary>A slip: a version that is dated in the future.</summary>
    public void AddAhead(ModelVersion version)
    {
        Add(version);
        _ahead.Add(version.UpdatedAt);
    }

    /// <summary>Whether a version was ever dated so in the future: a later one may then be dated before it.</summary>
    public bool WasAhead(DateTimeOffset updatedAt) => _ahead.Contains(updatedAt);

    public void Remove(DateTimeOffset now, TimeSpan delay) => (GoneAt, ForgottenAt, WasEverGone) = (now, now + delay, true);

    /// <summary>It comes back: restored from the bin, or the merge undone.</summary>
    public void Restore() => (GoneAt, ForgottenAt) = (null, null);

    public override string ToString() => $"{Id}{(IsHidden ? " hidden" : "")}: {string.Join("; ", _versions)}";

    /// <summary>What the search knows of it; null for nothing.</summary>
    public ModelVersion? Indexed(DateTimeOffset now)
    {
        if (now >= ForgottenAt || IsHidden)
        {
            return null;
        }

        for (var index = _versions.Count - 1; index >= 0; index--)
        {
            if (_versions[index].VisibleAt <= now)
            {
                return _versions[index];
            }
        }

        return null;
    }
}
