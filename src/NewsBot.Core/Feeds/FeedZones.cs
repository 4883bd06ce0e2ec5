namespace NewsBot.Core.Feeds;

/// <summary>Names of time zones as feeds write them. Source: RFC 822, section 5.1, and what news sites use beyond it.</summary>
internal static class FeedZones
{
    /// <summary>Minutes east of Greenwich; null where the name is not known.</summary>
    public static int? Find(ReadOnlySpan<char> name)
    {
        Span<char> upper = stackalloc char[8];
        var length = name.Length > upper.Length ? -1 : name.ToUpperInvariant(upper);
        return length < 1 ? null : Known(upper[..length]);
    }

    private static int? Known(ReadOnlySpan<char> name) => America(name) ?? Elsewhere(name);

    private static int? America(ReadOnlySpan<char> name) =>
        name switch
        {
            "HST" => -600,
            "AKST" => -540,
            "AKDT" or "PST" => -480,
            "PDT" or "MST" => -420,
            "MDT" or "CST" => -360,
            "CDT" or "EST" => -300,
            "EDT" or "AST" => -240,
            "ADT" or "BRT" or "ART" => -180,
            "NST" => -210,
            "NDT" => -150,
            _ => null,
        };

    private static int? Elsewhere(ReadOnlySpan<char> name) =>
        name switch
        {
            "Z" or "UT" or "UTC" or "GMT" or "WET" => 0,
            "CET" or "MEZ" or "BST" or "WEST" or "MET" => 60,
            "CEST" or "MESZ" or "EET" or "SAST" or "CAT" => 120,
            "EEST" or "MSK" or "EAT" => 180,
            "IST" => 330,
            "WIB" or "ICT" => 420,
            "SGT" or "HKT" or "AWST" or "PHT" => 480,
            "JST" or "KST" => 540,
            "ACST" => 570,
            "AEST" => 600,
            "ACDT" => 630,
            "AEDT" => 660,
            "NZST" => 720,
            "NZDT" => 780,
            _ => null,
        };
}
