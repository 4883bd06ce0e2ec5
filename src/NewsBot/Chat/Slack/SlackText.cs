using System.Text;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Puts foreign text into Slack's markup so that it shows as it was written and does nothing else. Where a message has
/// blocks, foreign text stands in plain and rich text, which need none of this; it is for the words that notifications,
/// screen readers and the plainest form of a message show. Pure. Source: https://docs.slack.dev/messaging/formatting-message-text
/// </summary>
internal static class SlackText
{
    // Signs of links and mentions; the percent form leads to the same place.
    private const string PercentInUrl = "|<>";

    // Nothing escapes these, so where they could begin or end a style a sign that looks the same stands in their place.
    private const string Styles = "*_~`";
    private const string Lookalikes = "∗ˍ∼ˋ";

    private static readonly string[] Calls = ["here", "channel", "everyone", "group"];

    /// <summary>One line of foreign text, cut where a reader would stop.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Longest result in UTF-16 units, all that escaping adds included.</param>
    public static string Line(string text, int most) => ForeignText.Fit(text, most, Disarm);

    /// <returns>An http or https address as it may stand in a link or a button; null where it is none.</returns>
    public static string? Target(string? url) => ForeignText.Target(url, PercentInUrl);

    /// <summary>Writes the three signs that Slack's markup is made of so that they show.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Disarm(string line)
    {
        var safe = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            switch (c)
            {
                case '&':
                    safe.Append("&amp;");
                    break;
                case '<':
                    safe.Append("&lt;");
                    break;
                case '>':
                    // At the start of a line even the escaped sign makes a quotation of it.
                    safe.Append(i == 0 ? "›" : "&gt;");
                    break;
                case '@' when IsCall(line, i + 1):
                    // A joiner nobody sees, so that it is no word Slack knows.
                    safe.Append("@\u2060");
                    break;
                default:
                    var style = Styles.IndexOf(c, StringComparison.Ordinal);
                    safe.Append(style >= 0 && !IsInWord(line, i) ? Lookalikes[style] : c);
                    break;
            }
        }

        return safe.ToString();
    }

    private static bool IsInWord(string line, int at) =>
        at > 0
        && at + 1 < line.Length
        && char.IsAsciiLetterOrDigit(line[at - 1])
        && char.IsAsciiLetterOrDigit(line[at + 1]);

    private static bool IsCall(string line, int from) =>
        Array.Exists(
            Calls,
            call => string.Compare(line, from, call, 0, call.Length, StringComparison.OrdinalIgnoreCase) == 0
        );
}
