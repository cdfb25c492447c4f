namespace KustomerAdmin.Sandbox.Dialogue;

/// <summary>What real inboxes contain and demos forget.</summary>
internal static class AwkwardTexts
{
    private static readonly string[] s_subjects =
    [
        "<script>alert(1)</script>",
        "Fwd: Re: AW: <b>URGENT</b> <img src=x onerror=alert(1)>",
        "🎁📦 Geschenk nicht angekommen 😢😢",
        "طلبي لم يصل بعد، أرجو المساعدة",
        "הזמנה 4417 לא הגיעה",
        "invoice \u202Egnp.exe",
        "=cmd|' /C calc'!A0",
        "返品について",
        "Z\u0361a\u0321l\u0344g\u0322o t\u0337e\u0336x\u0335t",
        "  leading and trailing spaces  ",
    ];

    private static readonly string[] s_names =
    [
        "<b>Betty Bold</b>",
        "<script>alert(1)</script>",
        "محمد عبد الله",
        "נועה כהן",
        "🦄 Unicorn Fan 🦄",
        "Wolfeschlegelsteinhausenbergerdorff-Montgomery-Featherstonehaugh de la Vega y Santa Cruz von und zu Lichtenstein-Hohenzollern the Third of That Name",
        "",
        "O'Brien; DROP TABLE Customers;--",
        "小林 美咲",
        "Anne\u200B\u200BMarie \u202Eeiram",
    ];

    public const int Names = 10;

    public static string Name(int position) => s_names[position];

    /// <summary>Null leaves the choice to the ordinary texts; an empty answer is an empty subject.</summary>
    public static string? Subject(int index) => (index % 211) switch
    {
        17 => "",
        61 => "Very long subject " + string.Concat(Enumerable.Repeat("and then it broke again ", 9)).TrimEnd(),
        101 => s_subjects[index / 211 % s_subjects.Length],
        _ => null,
    };

    public static bool HasNoSubject(int index) => index % 307 == 20;
}
