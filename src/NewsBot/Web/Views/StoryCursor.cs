using System.Globalization;

namespace NewsBot.Web.Views;

/// <summary>Where a page of stories ended; the next one goes on behind it.</summary>
/// <param name="PublishedAt">UTC milliseconds.</param>
/// <param name="Id">The last story.</param>
internal sealed record StoryCursor(long PublishedAt, long Id)
{
    public static StoryCursor After(StoryLine story) => new(story.PublishedAt.ToUnixTimeMilliseconds(), story.Id);

    /// <returns>Null for anything that is not a cursor of ours.</returns>
    public static StoryCursor? Parse(string? text)
    {
        var parts = (text ?? "").Split('-');
        return
            parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new StoryCursor(at, id)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PublishedAt}-{Id}");
}
