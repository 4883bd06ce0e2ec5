using System.Globalization;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Commands;

/// <summary>Turns of phrase that several commands share.</summary>
internal static class Answers
{
    /// <summary>A list entry that leads to the story's page.</summary>
    public static string StoryLine(StoryRow story)
    {
        var comments = story.Comments > 0 ? " · " + LengthOfTime.Count(story.Comments, "comment") : "";
        var also = story.Reports > 1 ? $" and {LengthOfTime.Count(story.Reports - 1, "other source")}" : "";
        return $"- {StoryLink(story.Id, story.Slug, story.Headline)} · {MarkdownEscape.Line(story.Source, 60)}{also}{comments}";
    }

    /// <summary>The number and linked headline of a story.</summary>
    public static string StoryLink(long id, string slug, string headline) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"**{id}** [{MarkdownEscape.Line(headline, 140)}]({PageAddresses.StoryPath(id, slug)})"
        );

    /// <summary>How long ago or how far ahead an instant is, such as "5 minutes ago" or "in 2 hours".</summary>
    public static string Age(long at, DateTimeOffset now)
    {
        var length = now - Instants.At(at);
        var size = length.Duration();
        var words = size switch
        {
            { TotalSeconds: < 60 } => null,
            { TotalMinutes: < 90 } => LengthOfTime.Count((long)size.TotalMinutes, "minute"),
            { TotalHours: < 48 } => LengthOfTime.Count((long)size.TotalHours, "hour"),
            _ => LengthOfTime.Count((long)size.TotalDays, "day"),
        };
        return words is null ? "just now"
            : length > TimeSpan.Zero ? words + " ago"
            : "in " + words;
    }

    /// <summary>An instant in a place, such as "Mon 24 Nov 2025, 08:30 (Europe/Berlin)".</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TimeZoneInfo.ConvertTime(at, zone):ddd d MMM yyyy, HH:mm} ({ZoneName(zone.Id)})"
        );

    /// <summary>A zone's id as people read it: machines have several for UTC.</summary>
    public static string ZoneName(string id) => id is "Etc/UTC" or "Etc/UCT" or "UCT" ? "UTC" : id;

    /// <summary>Lines of "what: before → after".</summary>
    public static string Difference(
        string title,
        params IReadOnlyList<(string What, string? Before, string? After)> fields
    ) =>
        title
        + string.Concat(
            fields
                .Where(field => field.Before != field.After)
                .Select(field => $"\n- {field.What}: {Shown(field.Before)} → **{Shown(field.After)}**")
        );

    /// <summary>The first lines of a long list, and how many are left.</summary>
    public static string Lines(IReadOnlyCollection<string> lines, int most) =>
        lines.Count <= most
            ? string.Join('\n', lines)
            : string.Join('\n', lines.Take(most))
                + string.Create(CultureInfo.InvariantCulture, $"\n- … and {lines.Count - most:N0} more");

    /// <summary>Text between fences, which no text of its own can close.</summary>
    public static string Block(string text, string language = "")
    {
        var fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
        {
            fence += "`";
        }

        return $"{fence}{language}\n{text}\n{fence}";
    }

    private static string Shown(string? value) =>
        string.IsNullOrEmpty(value) ? "none" : MarkdownEscape.Line(value, 200);
}
