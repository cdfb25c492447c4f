using System.Globalization;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>An organisation's conversations and customers, and what happens to them. All chance comes from the seed.</summary>
internal sealed class ModelWorld
{
    private readonly WorldSettings _settings;
    private readonly Random _chance;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset[] _customerChangedAt;

    public ModelWorld(WorldSettings settings, TimeProvider clock)
    {
        (_settings, _clock, _chance) = (settings, clock, new Random(settings.Seed ^ 0x5EED));
        var now = Now;
        _customerChangedAt = [.. Enumerable.Range(0, settings.Customers).Select(_ => now - TimeSpan.FromDays(_chance.Next(1, 900)))];
        while (Records.Count < settings.Records)
        {
            AddOld(now, ties: _chance.Next(100) < settings.TiePercent ? _chance.Next(2, settings.LargestTie + 1) : 1);
        }
    }

    public List<ModelRecord> Records { get; } = [];

    /// <summary>Whether anything happens by itself; turned off for the end of a simulation.</summary>
    public bool IsRestless { get; set; } = true;

    /// <summary>Customers whose number of conversations shrank: nothing in the search tells so.</summary>
    public HashSet<string> Shrunk { get; } = new(StringComparer.Ordinal);

    public int Customers => _customerChangedAt.Length;

    private DateTimeOffset Now => Cut(_clock.GetUtcNow());

    public static string CustomerId(int customer) => customer.ToString("d24", CultureInfo.InvariantCulture);

    public static DateTimeOffset CustomerCreatedAt(int customer) => DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(customer);

    public DateTimeOffset CustomerChangedAt(int customer) => _customerChangedAt[customer];

    public int CountOf(int customer) => Records.Count(record => record.IsThere && record.Current.Customer == customer);

    /// <summary>One thing happens, perhaps to many conversations at one moment.</summary>
    public void Happen()
    {
        var what = _chance.Next(100);
        if (what < 45)
        {
            ForEach(_chance.Next(1, 4), now => Touch(Any(), now));
        }
        else if (what < 55)
        {
            // A bulk change: everything of it at one moment.
            var now = Now;
            for (var left = _chance.Next(2, Math.Max(3, _settings.LargestTie)); left > 0; left--)
            {
                Touch(Any(), now);
            }
        }
        else if (what < 80)
        {
            ForEach(_chance.Next(1, 3), Create);
        }
        else if (what < 90 && _settings.HasDeletions)
        {
            Delete(Any());
        }
        else if (what < 93 && _settings.HasDeletions && Records.Find(record => !record.IsThere) is { } gone)
        {
            gone.Restore();
            Touch(gone, Now);
        }
        else if (what < 96 && _settings.HasFutureDates)
        {
            var record = Any();
            record.AddAhead(record.Current with { UpdatedAt = Now + TimeSpan.FromMinutes(_chance.Next(6, 3000)), VisibleAt = Visible(Now), Revision = record.Current.Revision + 1 });
        }
        else if (_settings.HasUnreadable)
        {
            var record = Any();
            Touch(record, Now, isUnreadable: !record.Current.IsUnreadable);
        }
    }

    private void ForEach(int times, Action<DateTimeOffset> act)
    {
        for (; times > 0; times--)
        {
            act(Now);
        }
    }

    private ModelRecord Any() => Records[_chance.Next(Records.Count)];

    private void Touch(ModelRecord record, DateTimeOffset now, bool? isUnreadable = null)
    {
        if (record.GoneAt is not null)
        {
            return;
        }

        // Kustomer's own clock: a change after one dated in the future still counts from now.
        var version = record.Current;
        record.Add(version with { UpdatedAt = now, VisibleAt = Visible(now), Revision = version.Revision + 1, IsDeleted = false, IsUnreadable = isUnreadable ?? version.IsUnreadable });
    }

    private void Create(DateTimeOffset now)
    {
        var record = new ModelRecord(NewId(), now);
        var customer = _chance.Next(Customers);
        record.Add(new ModelVersion(now, Visible(now), 1, customer, IsDeleted: false, IsUnreadable: false));
        Records.Add(record);
        _customerChangedAt[customer] = now;
    }

    private void Delete(ModelRecord record)
    {
        if (!record.IsThere)
        {
            return;
        }

        var now = Now;
        Shrunk.Add(CustomerId(record.Current.Customer));
        if (_chance.Next(2) == 0)
        {
            record.Add(record.Current with { UpdatedAt = now, VisibleAt = Visible(now), Revision = record.Current.Revision + 1, IsDeleted = true });
        }
        else
        {
            record.Remove(now, TimeSpan.FromSeconds(_chance.Next(60)));
        }
    }

    private void AddOld(DateTimeOffset now, int ties)
    {
        var age = _chance.Next(100) < _settings.ArchivePercent ? TimeSpan.FromDays(_chance.Next(740, 1800)) : TimeSpan.FromMinutes(Math.Pow(_chance.NextDouble(), 3) * 1_000_000);
        var updatedAt = Cut(now - age);
        for (; ties > 0; ties--)
        {
            var record = new ModelRecord(NewId(), updatedAt - TimeSpan.FromMinutes(_chance.Next(10_000)));
            record.Add(new ModelVersion(updatedAt, updatedAt, 1, _chance.Next(Customers), IsDeleted: false, _settings.HasUnreadable && _chance.Next(40) == 0));
            Records.Add(record);
        }
    }

    /// <summary>When the search shows what changes now.</summary>
    private DateTimeOffset Visible(DateTimeOffset now)
    {
        var luck = _chance.Next(100);
        return now + (luck < 70 ? TimeSpan.FromMilliseconds(_chance.Next(1500))
            : luck >= 97 && _settings.IsIndexVeryLate ? TimeSpan.FromMinutes(_chance.Next(11, 240))
            : TimeSpan.FromSeconds(_chance.Next(_settings.IndexDelaySeconds + 1)));
    }

    private string NewId()
    {
        Span<byte> bytes = stackalloc byte[12];
        _chance.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Kustomer's moments have milliseconds.</summary>
    private static DateTimeOffset Cut(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
}
