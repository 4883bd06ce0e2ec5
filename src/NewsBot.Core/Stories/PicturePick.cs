namespace NewsBot.Core.Stories;

/// <summary>Decides which picture a story shows, and which comes next where one cannot be shown. Pure.</summary>
public static class PicturePick
{
    /// <summary>How many pictures of a story's report are fetched at the most: whoever has three that are none has none.</summary>
    public const int MaxTries = 3;

    /// <summary>A picture that stands with so many stories of one source is what the outlet shows where it has none.</summary>
    public const int PlaceholderStories = 3;

    // The report that leads a story is the one it is told by.
    private const int OtherReport = 100;

    /// <summary>How many pictures may have been tried before one is tried that was not fetched yet.</summary>
    /// <param name="isLead">Whether the report that leads the story offers it; the others have as many again.</param>
    public static int MaxTriesOf(bool isLead) => isLead ? MaxTries : 2 * MaxTries;

    /// <summary>The best picture that can be shown as far as is known.</summary>
    /// <param name="pictures">All that a story's reports offer.</param>
    /// <returns>Null where there is none.</returns>
    public static PictureCandidate? Best(IEnumerable<PictureCandidate> pictures) =>
        pictures
            .Where(picture =>
                picture is { Flaw: null, IsLost: false }
                && picture.Size.Flaw is null
                && picture.OtherStories + 1 < PlaceholderStories
            )
            // What is not to be had right now may come back; anything that is there is better.
            .OrderBy(picture => picture.IsFailing)
            .ThenByDescending(picture => picture.Ranked.Worth - (picture.IsLead ? 0 : OtherReport))
            .FirstOrDefault();
}

/// <summary>A picture that one of a story's reports offers, and what became of it.</summary>
/// <param name="Ranked">The picture.</param>
/// <param name="IsLead">Whether the report is the one the story is told by.</param>
/// <param name="OtherStories">With how many other stories of the same source it stands.</param>
/// <param name="Size">As measured; unknown while it was not fetched.</param>
/// <param name="Flaw">What was found when it was fetched; null for nothing.</param>
/// <param name="IsFailing">It could not be fetched so far.</param>
/// <param name="IsLost">It could not be fetched, and is not tried again.</param>
public sealed record PictureCandidate(
    RankedPicture Ranked,
    bool IsLead,
    int OtherStories,
    PictureSize Size,
    PictureFlaw? Flaw,
    bool IsFailing,
    bool IsLost
);
