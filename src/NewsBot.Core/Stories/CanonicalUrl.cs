using System.Globalization;
using System.Text;
using NewsBot.Core.Text;

namespace NewsBot.Core.Stories;

/// <summary>One spelling for the many addresses under which the same article is linked.</summary>
public static class CanonicalUrl
{
    // Each round removes something, so few are needed; the bound is for addresses made to annoy.
    private const int MaxRounds = 32;

    private static readonly string[] HostPrefixes = ["www.", "m.", "amp.", "mobile.", "mobil."];

    private static readonly string[] PathEndings =
    [
        "/index.html",
        "/index.htm",
        "/index.php",
        "/default.aspx",
        "/amp.html",
        "/amp",
        ".amp",
        "/",
    ];

    private static readonly string[] TrackingPrefixes =
    [
        "utm_",
        "at_",
        "ns_",
        "pk_",
        "mtm_",
        "piwik_",
        "matomo_",
        "wt_",
        "oly_",
        "guce_",
        "fb_action",
        "_hs",
        "amp_",
        "soc_",
        "itm_",
        "sc_c",
    ];

    private static readonly HashSet<string> Counters = new(StringComparer.Ordinal)
    {
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
    };

    private static readonly HashSet<string> TrackingNames = new(Counters, StringComparer.Ordinal)
    {
        "ref",
        "ref_src",
        "ref_url",
        "referrer",
        "referer",
        "xtor",
        "cmpid",
        "cmp",
        "ocid",
        "ncid",
        "s_cid",
        "icid",
        "ito",
        "smid",
        "smtyp",
        "spm",
        "vero_id",
        "guccounter",
        "traffic_source",
        "__twitter_impression",
        "outputtype",
        "amp",
        "maca",
        "sr_share",
        "feedtype",
        "feedname",
        "rss",
        "partner",
        "taid",
    };

    /// <summary>Writes an address in its canonical form; doing so twice changes nothing.</summary>
    /// <param name="url">Any address. What is not http or https, or not absolute, comes back as it is.</param>
    /// <returns>
    /// Always https, without user, www/m/amp, default port, tracking parameters, index file, trailing slash and fragment.
    /// For comparing only: it need not lead anywhere.
    /// </returns>
    public static string Of(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
        {
            return url.OriginalString.Trim();
        }

        var canonical = Once(url);
        for (var round = 0; round < MaxRounds; round++)
        {
            // What is cut off can leave a path that is read differently, such as one that ends in dots.
            var again = Uri.TryCreate(canonical, UriKind.Absolute, out var read) ? Once(read) : canonical;
            if (again == canonical)
            {
                break;
            }

            canonical = again;
        }

        return canonical;
    }

    /// <summary>Whether an address names a whole site rather than an article, so that many entries may share it.</summary>
    /// <param name="url">Any absolute address.</param>
    public static bool IsHomePage(Uri url) => url.IsAbsoluteUri && Path(url).Length == 0 && Query(url).Length == 0;

    /// <summary>An address as it is shown: without what only tells a counter where somebody came from.</summary>
    /// <param name="url">Any address.</param>
    /// <returns>An address that leads to the same page; the very same where there is nothing to cut.</returns>
    public static Uri WithoutTracking(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.Query.Length < 2)
        {
            return url;
        }

        var pairs = url.Query[1..].Split('&');
        var kept = pairs.Where(pair => !IsCounter(pair.Split('=')[0].ToLowerInvariant())).ToList();
        var query = kept.Count == 0 ? "" : "?" + string.Join('&', kept);
        return
            kept.Count == pairs.Length
            || !Uri.TryCreate(url.GetLeftPart(UriPartial.Path) + query + url.Fragment, UriKind.Absolute, out var bare)
            ? url
            : bare;
    }

    // Other names that tell nothing apart may still be needed by the site that wrote them.
    private static bool IsCounter(string name) =>
        name.StartsWith("utm_", StringComparison.Ordinal) || Counters.Contains(name);

    private static string Once(Uri url)
    {
        var port =
            url.IsDefaultPort || url.Port is 80 or 443
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $":{url.Port}");
        return $"https://{Host(url)}{port}{Path(url)}{Query(url)}";
    }

    private static string Host(Uri url)
    {
        var host = HostName.Of(url).ToLowerInvariant().TrimEnd('.');
        for (var round = 0; round < MaxRounds; round++)
        {
            var prefix = Array.Find(HostPrefixes, known => host.StartsWith(known, StringComparison.Ordinal));
            if (prefix is null || !host.AsSpan(prefix.Length).Contains('.') || char.IsAsciiDigit(host[^1]))
            {
                break;
            }

            host = host[prefix.Length..];
        }

        return url.HostNameType == UriHostNameType.IPv6 ? $"[{host}]" : host;
    }

    private static string Path(Uri url)
    {
        var path = Escaped(url.AbsolutePath);
        for (var round = 0; round < MaxRounds; round++)
        {
            var ending = Array.Find(PathEndings, known => path.EndsWith(known, StringComparison.OrdinalIgnoreCase));
            if (ending is null)
            {
                break;
            }

            path = path[..^ending.Length].TrimEnd('/');
        }

        return path.StartsWith("/amp/", StringComparison.Ordinal) ? path[4..] : path;
    }

    private static string Query(Uri url)
    {
        if (url.Query.Length == 0)
        {
            return "";
        }

        var kept = url
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(Escaped)
            .Where(pair => pair.Length > 0 && !IsTracking(pair.Split('=')[0].ToLowerInvariant()))
            .Order(StringComparer.Ordinal)
            .ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static bool IsTracking(string name) =>
        TrackingNames.Contains(name)
        || Array.Exists(TrackingPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    // RFC 3986 section 6.2.2: unreserved characters stand bare, all other escapes are in capitals.
    private static string Escaped(string part)
    {
        if (!part.Contains('%', StringComparison.Ordinal))
        {
            return part;
        }

        var escaped = new StringBuilder(part.Length);
        for (var at = 0; at < part.Length; at++)
        {
            if (part[at] != '%' || at + 2 >= part.Length || !IsEscape(part.AsSpan(at + 1, 2)))
            {
                escaped.Append(part[at]);
                continue;
            }

            var value = (char)byte.Parse(part.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (char.IsAsciiLetterOrDigit(value) || value is '-' or '_' or '~')
            {
                escaped.Append(value);
            }
            else
            {
                escaped.Append('%').Append(part.Substring(at + 1, 2).ToUpperInvariant());
            }

            at += 2;
        }

        return escaped.ToString();
    }

    private static bool IsEscape(ReadOnlySpan<char> pair) =>
        char.IsAsciiHexDigit(pair[0]) && char.IsAsciiHexDigit(pair[1]);
}
