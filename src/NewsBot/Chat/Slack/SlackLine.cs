using System.Text.RegularExpressions;

namespace NewsBot.Chat.Slack;

/// <summary>
/// The text behind a slash command as a line of the grammar: Slack's ids become names that every door knows, and its three
/// escaped signs themselves again. Pure. Source: https://docs.slack.dev/interactivity/implementing-slash-commands
/// </summary>
internal static partial class SlackLine
{
    // Slack lets a person write more, but no command is longer; see CommandLine.MaxLength, which tells so.
    private const int MaxChars = 8_000;

    /// <summary>Slack's ids of the people a text names, once each.</summary>
    public static IReadOnlyList<string> People(string text) => Ids(text, "user");

    /// <summary>Slack's ids of the channels that stand behind <c>--channel</c>, once each.</summary>
    public static IReadOnlyList<string> Channels(string text) =>
        [
            .. AsOption()
                .Matches(Cut(text))
                .Select(match => match.Groups["channel"].Value)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Reads a text.</summary>
    /// <param name="text">As Slack sent it.</param>
    /// <param name="people">Our names of people by Slack's id, such as "member-3"; others are called as they are shown.</param>
    /// <param name="channels">Our names of channels by Slack's id, such as "channel-2"; others likewise.</param>
    public static string Read(
        string text,
        IReadOnlyDictionary<string, string> people,
        IReadOnlyDictionary<string, string> channels
    )
    {
        var decoded = Bracketed()
            .Replace(
                Cut(text),
                match =>
                    match.Groups["user"].Success
                        ? people.GetValueOrDefault(match.Groups["user"].Value) ?? "@" + Label(match)
                    : match.Groups["channel"].Success
                        ? channels.GetValueOrDefault(match.Groups["channel"].Value) ?? "#" + Label(match)
                    : match.Groups["url"].Success ? match.Groups["url"].Value
                    : match.Value
            );
        return decoded
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal)
            .Trim();
    }

    private static string Cut(string text) => text.Length <= MaxChars ? text : text[..MaxChars];

    private static string Label(Match match) =>
        match.Groups["label"].Value is { Length: > 0 } label ? label
        : match.Groups["user"].Success ? match.Groups["user"].Value
        : match.Groups["channel"].Value;

    private static IReadOnlyList<string> Ids(string text, string group) =>
        [
            .. Bracketed()
                .Matches(Cut(text))
                .Select(match => match.Groups[group])
                .Where(id => id.Success)
                .Select(id => id.Value)
                .Distinct(StringComparer.Ordinal),
        ];

    // User groups and dates stay as they are: "channel ping" reads the one, and nothing reads the other.
    [GeneratedRegex(
        @"<(?:@(?<user>[UW][A-Z0-9]{2,30})|#(?<channel>[CGD][A-Z0-9]{2,30})|mailto:(?<url>[^|<>\s]{1,500})|(?<url>(?:https?|feed):[^|<>\s]{1,3000}))(?:\|(?<label>[^<>]{0,300}))?>",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Bracketed();

    [GeneratedRegex(
        @"--channel[=\s]+""?<#(?<channel>[CGD][A-Z0-9]{2,30})(\|[^<>]{0,300})?>",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex AsOption();
}
