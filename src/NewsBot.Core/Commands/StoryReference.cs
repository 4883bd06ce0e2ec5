using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsBot.Core.Commands;

/// <summary>How people name a story or a comment: by number, by link, by both. Pure.</summary>
/// <param name="Story">The story's number; null where only words were given.</param>
/// <param name="Comment">The comment's number; null where none was given.</param>
public sealed partial record StoryReference(long? Story, int? Comment)
{
    /// <summary>Reads "12", "story-12", "12#3", "…/stories/12-slug#c3" or "…/stories/12/comments/3".</summary>
    /// <param name="text">What the asker wrote.</param>
    /// <returns>No numbers where the text is neither.</returns>
    public static StoryReference Parse(string text)
    {
        var match = Short().Match(text.Trim());
        if (!match.Success)
        {
            match = Link().Match(text.Trim());
        }

        return match.Success
            ? new StoryReference(
                long.Parse(match.Groups["story"].ValueSpan, CultureInfo.InvariantCulture),
                match.Groups["comment"].Success
                    ? int.Parse(match.Groups["comment"].ValueSpan, CultureInfo.InvariantCulture)
                    : null
            )
            : new StoryReference(null, null);
    }

    [GeneratedRegex(
        @"^(story-|#)?(?<story>[0-9]{1,15})(\s*#(?<comment>[0-9]{1,8}))?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Short();

    [GeneratedRegex(
        @"^(https?://[^\s/]+)?/stories/(story-)?(?<story>[0-9]{1,15})(?![0-9])[^\s#]*?(/comments/(?<comment>[0-9]{1,8}))?(\?[^\s#]*)?(#c(?<comment>[0-9]{1,8}))?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Link();
}
