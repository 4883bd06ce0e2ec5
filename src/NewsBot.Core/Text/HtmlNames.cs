using System.Collections.Frozen;

namespace NewsBot.Core.Text;

/// <summary>Element names of HTML by what they mean to a reader of text.</summary>
internal static class HtmlNames
{
    /// <summary>Elements that have no end tag.</summary>
    public static readonly FrozenSet<string> Void = Set(
        "area base br col embed hr img input link meta param source track wbr"
    );

    /// <summary>Elements whose content nobody reads.</summary>
    public static readonly FrozenSet<string> Hidden = Set(
        "script style template noscript iframe object applet svg math head select textarea title noframes noembed xmp"
    );

    /// <summary>Elements that start on a line of their own.</summary>
    public static readonly FrozenSet<string> Block = Set(
        "address article aside blockquote br center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
            + "header hgroup hr legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul"
    );

    /// <summary>Elements that mark a text as HTML when a title or summary holds them.</summary>
    public static readonly FrozenSet<string> Known = Set(
        "a abbr acronym address article aside audio b bdi bdo big blink blockquote br center cite code dd del details dfn dir div dl dt em "
            + "embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd li main map mark nav object ol "
            + "p param picture pre q s samp script section small source span strike strong style sub summary sup svg math table tbody td "
            + "tfoot th thead time tr tt u ul var video wbr"
    );

    private static FrozenSet<string> Set(string names) =>
        names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
