namespace NewsBot.Web.Views;

/// <summary>Decides how the latest stories are laid out. Pure.</summary>
internal static class FrontPage
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    /// <summary>The story of the last day that most sources report and most people discuss; else the newest.</summary>
    /// <returns>Null where there is no story.</returns>
    public static StoryLine? Lead(IReadOnlyList<StoryLine> stories, DateTimeOffset now) =>
        stories
            .Where(story => now - story.PublishedAt < Fresh)
            .OrderByDescending(story => story.Also.Count)
            .ThenByDescending(story => story.Comments)
            .ThenByDescending(story => story.Picture is not null)
            .FirstOrDefault()
        ?? (stories.Count > 0 ? stories[0] : null);

    /// <summary>Puts stories that are ordered by time under the names of their days.</summary>
    public static IReadOnlyList<StoryDay> Days(IEnumerable<StoryLine> stories, DateTimeOffset now)
    {
        var days = new List<StoryDay>();
        foreach (var day in stories.GroupBy(story => Wording.DayName(story.PublishedAt, now), StringComparer.Ordinal))
        {
            days.Add(new StoryDay(day.Key, [.. day]));
        }

        return days;
    }
}
