using RazorSlices;

namespace NewsBot.Web.Views;

/// <summary>What every page shows around its content.</summary>
internal sealed record LayoutView
{
    /// <summary>Plain text; stands in the browser's tab.</summary>
    public required string Title { get; init; }

    /// <summary>The community's name.</summary>
    public required string Site { get; init; }

    /// <summary>Whether the built-in chat is on, and so stands in the menu.</summary>
    public required bool HasChat { get; init; }

    /// <summary>Whether who looks may use the settings, so that they stand in the menu.</summary>
    public bool HasSettings { get; init; }

    /// <summary>Makes the content.</summary>
    public required Func<RazorSlice> Body { get; init; }

    /// <summary>Where it is said who signed in, or where to sign in, and the words for it; null where nobody can.</summary>
    public KeyValuePair<string, string>? Who { get; init; }

    /// <summary>Which entry of the site's menu this page belongs to.</summary>
    public SiteSection Section { get; init; }

    /// <summary>Plain text for search engines and previews; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The page's one lasting absolute address; null where it has none.</summary>
    public string? Canonical { get; init; }

    /// <summary>Open Graph properties in order. Source: https://ogp.me/</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OpenGraph { get; init; } = [];

    /// <summary>JSON-LD, already safe within a script element; null for none.</summary>
    public string? JsonLd { get; init; }

    /// <summary>Atom feeds of this page: address and title.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Feeds { get; init; } = [];

    /// <summary>The same in other forms: type and address.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Alternates { get; init; } = [];

    /// <summary>File names of the scripts this page needs besides the one for times.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>True where the content fills the window and brings its own landmarks.</summary>
    public bool IsChat { get; init; }

    /// <summary>True for pages without a column at their side.</summary>
    public bool IsWide { get; init; }

    /// <summary>True where search engines shall stay out.</summary>
    public bool IsUnlisted { get; init; }

    /// <summary>True while only this machine can reach the server, and whoever sits at it sees what is not published too.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>True for pages of another community than the one whose front page, search and feed this server has.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>What was searched for, to be shown in the search field.</summary>
    public string Query { get; init; } = "";
}

/// <summary>The entries of the site's menu.</summary>
internal enum SiteSection
{
    None,
    Stories,
    Chat,
    Status,
    Settings,
}
