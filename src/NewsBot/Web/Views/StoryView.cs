namespace NewsBot.Web.Views;

/// <summary>A story as its page shows it, without the comments.</summary>
internal sealed record StoryView
{
    public required long Id { get; init; }

    /// <summary>The community it belongs to; all on its page is that community's.</summary>
    public required long Community { get; init; }

    public required string Slug { get; init; }

    public required string Headline { get; init; }

    /// <summary>The article at its publisher.</summary>
    public required string Url { get; init; }

    /// <summary>The reports; the leading one first, then the oldest first; never empty.</summary>
    public required IReadOnlyList<ReportView> Reports { get; init; }

    public required IReadOnlyList<SentenceView> Summary { get; init; }

    /// <summary>How the summary was made; empty where nobody knows.</summary>
    public required string Method { get; init; }

    public required PictureView? Picture { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What the source changed after the first post; null for nothing.</summary>
    public required string? Correction { get; init; }

    public required DateTimeOffset? CorrectedAt { get; init; }

    public required bool IsLocked { get; init; }

    public required bool IsTakenDown { get; init; }

    /// <summary>The story that took this one in; null for none.</summary>
    public required StoryLink? MergedInto { get; init; }

    /// <summary>Stories that were joined with this one and keep their own comments.</summary>
    public required IReadOnlyList<StoryLink> Merged { get; init; }

    /// <summary>How it changed at its source, newest first; empty for never.</summary>
    public IReadOnlyList<StoryChange> History { get; init; } = [];

    /// <summary>The digests it stands in and why, newest first.</summary>
    public IReadOnlyList<DigestPlace> Digests { get; init; } = [];

    /// <summary>The channels it was posted in.</summary>
    public required IReadOnlyList<ChannelLink> Channels { get; init; }

    public string Path => Paths.Story(Id, Slug);
}

/// <summary>One report of a story.</summary>
/// <param name="Entry">The feed entry it came as.</param>
/// <param name="Letter">Names it on this page: A, B, …</param>
/// <param name="Source">Name of the source.</param>
/// <param name="Headline">As that source wrote it.</param>
/// <param name="Url">The article there; null where it has none.</param>
/// <param name="At">When it appeared, UTC.</param>
/// <param name="Licence">The source's licence line; null where none is known.</param>
internal sealed record ReportView(
    long Entry,
    string Letter,
    string Source,
    string Headline,
    string? Url,
    DateTimeOffset At,
    string? Licence
);

/// <summary>One sentence of a summary.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Letter">The report it was taken from; null where that report is gone.</param>
internal sealed record SentenceView(string Text, string? Letter);

/// <summary>A stored picture.</summary>
/// <param name="Id">Which picture.</param>
/// <param name="Alt">What it shows; empty where nobody said.</param>
/// <param name="Width">Of the large one, in pixels; null where unknown.</param>
/// <param name="Height">Of the large one, in pixels; null where unknown.</param>
internal sealed record PictureView(long Id, string Alt, int? Width, int? Height);

/// <summary>Another story to go to.</summary>
internal sealed record StoryLink(long Id, string Slug, string Headline, int Comments)
{
    public string Path => Paths.Story(Id, Slug);
}

/// <summary>A channel to go to.</summary>
/// <param name="Id">Which channel.</param>
/// <param name="Name">Without the number sign.</param>
/// <param name="Platform">As shown: Web, Discord, Slack.</param>
/// <param name="IsBuiltIn">True where this server's own chat page shows it.</param>
internal sealed record ChannelLink(long Id, string Name, string Platform, bool IsBuiltIn);
