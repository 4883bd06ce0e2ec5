namespace NewsBot.Core.Feeds;

/// <summary>Reads the rel attribute of Atom's links. Source: https://www.rfc-editor.org/rfc/rfc4287#section-4.2.7.2</summary>
internal static class LinkRelation
{
    public const string Alternate = "alternate";
    public const string Self = "self";

    /// <summary>Source: https://www.w3.org/TR/websub/#discovery</summary>
    public const string Hub = "hub";
    public const string Enclosure = "enclosure";

    private const string Registry = "http://www.iana.org/assignments/relation/";

    /// <summary>The relation in lower case; "alternate" where none is said.</summary>
    public static string Of(MarkupReader link)
    {
        var rel = link.Attribute("rel")?.Trim();
        if (string.IsNullOrEmpty(rel))
        {
            return Alternate;
        }

        var name = rel.StartsWith(Registry, StringComparison.OrdinalIgnoreCase) ? rel[Registry.Length..] : rel;
        return name.ToLowerInvariant();
    }

    /// <summary>True where the link leads to a page, or does not say to what.</summary>
    public static bool IsPage(MarkupReader link) =>
        link.Attribute("type") is not { } type || type.Contains("html", StringComparison.OrdinalIgnoreCase);
}
