using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Identity;

/// <summary>
/// Counts the passwords that are tried in known browsers, each browser for itself. In memory: a restart or a second console grants five
/// more tries, and only to who holds an admin's device cookie.
/// </summary>
internal sealed class DeviceTries(IOptions<IdentityOptions> identity, TimeProvider time)
{
    /// <summary>Far more than there are admins. Beyond it known browsers are refused, so that no flood of cookies makes counts go.</summary>
    public const int MostDevices = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Tries> _devices = [];

    /// <returns>Whether one more password may be tried; it is counted already.</returns>
    public bool TryBegin(Guid device)
    {
        var (now, rules) = (time.GetUtcNow(), identity.Value.Lockout);
        lock (_gate)
        {
            if (!_devices.TryGetValue(device, out var tries) || tries.EndAt <= now)
            {
                tries = new Tries(0, now + rules.DefaultLockoutTimeSpan);
            }

            if (tries.Count >= rules.MaxFailedAccessAttempts || !HasRoomFor(device, now))
            {
                return false;
            }

            _devices[device] = tries with { Count = tries.Count + 1 };
            return true;
        }
    }

    public void Forget(Guid device)
    {
        lock (_gate)
        {
            _devices.Remove(device);
        }
    }

    private bool HasRoomFor(Guid device, DateTimeOffset now)
    {
        if (_devices.Count >= MostDevices)
        {
            foreach (var ended in _devices.Where(entry => entry.Value.EndAt <= now).ToList())
            {
                _devices.Remove(ended.Key);
            }
        }

        return _devices.Count < MostDevices || _devices.ContainsKey(device);
    }

    private readonly record struct Tries(int Count, DateTimeOffset EndAt);
}
