using System.Globalization;
using System.Text.RegularExpressions;

namespace NewsBot.Core.Comments;

/// <summary>A leading <c>#12</c> or <c>&gt;&gt;12</c> that names the comment a reply answers.</summary>
public static partial class ReplyPrefix
{
    /// <returns>The number and the text without it; null where the text does not begin so, or nothing else stands in it.</returns>
    public static (int Number, string Text)? Find(string text)
    {
        var match = Prefix().Match(text);
        return
            match.Success
            && int.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number)
            && text[match.Length..].Trim() is { Length: > 0 } rest
            ? (number, rest)
            : null;
    }

    /// <returns>The story and comment a quoted permalink at the beginning names; null where the text does not begin with one, or nothing else stands in it.</returns>
    public static (long Story, int Number)? FindPermalink(string text)
    {
        var match = Permalink().Match(text);
        return
            match.Success
            && text[match.Length..].Trim().Length > 0
            && long.TryParse(match.Groups["story"].Value, CultureInfo.InvariantCulture, out var story)
            && int.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number)
            ? (story, number)
            : null;
    }

    [GeneratedRegex(
        @"^(>\s*)?<?(https?://[^\s/]{1,253})?/stories/(?<story>[1-9][0-9]{0,17})(-[^\s/#>]{0,400})?(/comments/|#c)(?<number>[1-9][0-9]{0,6})>?(?=\s|$)",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Permalink();

    [GeneratedRegex(@"^(#|>>)(?<number>[1-9][0-9]{0,6})(?=[\s:,])[\s:,]*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Prefix();
}
