using NewsBot.Storage;

namespace NewsBot.Web.Views;

/// <summary>What is known about a source.</summary>
internal sealed record SourceView
{
    public required DateTimeOffset Now { get; init; }
    public required long Id { get; init; }

    /// <summary>As the community calls it.</summary>
    public required string Name { get; init; }
    public string? Category { get; init; }

    /// <summary>What may be done with its texts; null where nobody said.</summary>
    public string? Licence { get; init; }
    public string? SiteUrl { get; init; }

    /// <summary>Null where the viewer may not know it.</summary>
    public string? FeedUrl { get; init; }

    /// <summary>The selectors of a page, for admins; else null.</summary>
    public string? Recipe { get; init; }
    public required SourceStatus Status { get; init; }
    public required SourceNumbers Numbers { get; init; }

    /// <summary>Channels it comes to that the viewer may know of, without the number sign.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>The newest it reported that the viewer may see.</summary>
    public required IReadOnlyList<SourceStory> Stories { get; init; }
}

/// <summary>A story in a source's list.</summary>
internal sealed record SourceStory(string Path, string Headline, DateTimeOffset PublishedAt);
