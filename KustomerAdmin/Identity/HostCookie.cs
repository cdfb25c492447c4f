namespace KustomerAdmin.Identity;

/// <summary>
/// A cookie of this host alone. Over https its name begins with <c>__Host-</c>: browsers take such a cookie only over https, for the whole
/// host and for no other, so neither a neighbouring host nor somebody on the way can plant one. Over plain http, on this machine, they refuse
/// the prefix, and the name goes without. The name is all that the framework's cookies and ours have in common, so it is decided here.
/// </summary>
internal sealed class HostCookie : CookieBuilder
{
    private readonly string _name;
    private readonly IHttpContextAccessor _current;

    public HostCookie(string name, IHttpContextAccessor current)
    {
        (_name, _current) = (name, current);
        Path = "/";
        HttpOnly = true;
        SameSite = SameSiteMode.Lax;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
        IsEssential = true;
    }

    public override string? Name => _current.HttpContext?.Request.IsHttps == true ? "__Host-" + _name : _name;
}
