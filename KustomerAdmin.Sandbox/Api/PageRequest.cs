using System.Globalization;
using System.Runtime.InteropServices;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>page and pageSize of a list (developer portal, concepts/pagination). A size above the maximum is cut without a word.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageRequest(int Page, int PageSize)
{
    public int Skip => (int)Math.Min(int.MaxValue, (long)(Page - 1) * PageSize);

    public static PageRequest? Read(ApiCall call, int most)
    {
        var page = Number(call.Query("page"), 1);
        var pageSize = Number(call.Query("pageSize"), 100);
        return page is null || pageSize is null ? null : new PageRequest(page.Value, Math.Min(pageSize.Value, most));
    }

    private static int? Number(string? text, int otherwise)
    {
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
