namespace NewsBot.Web.Views;

/// <summary>The small line below a headline in a list.</summary>
internal sealed record StoryMetaView(StoryLine Story, DateTimeOffset Now)
{
    // More names than this read worse than their count.
    private const int MaxNames = 3;

    public string Also =>
        Story.Also.Count switch
        {
            0 => "",
            <= MaxNames => $" · also: {string.Join(", ", Story.Also)}",
            _ => $" · also: {Story.Also[0]} and {Story.Also.Count - 1} more",
        };
}
