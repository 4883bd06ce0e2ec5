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

    [GeneratedRegex(@"^(#|>>)(?<number>[1-9]\d{0,6})(?=[\s:,])[\s:,]*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Prefix();
}
