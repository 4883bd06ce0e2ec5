using System.Text.RegularExpressions;
using NewsBot.Clients.Discord.Objects;

namespace NewsBot.Chat.Discord;

/// <summary>A private message of ours as a direct message of Discord's. Pure.</summary>
internal static partial class DiscordNotice
{
    // Discord takes 2,000; the rest is room for the ellipsis and marks it counts differently.
    private const int MaxChars = 1_900;

    /// <param name="id">The row, which is the key of the message: sent twice within minutes, Discord keeps one.</param>
    /// <param name="body">Our Markdown, with links to our own pages.</param>
    /// <param name="publicUrl">Where people reach our pages; null where they cannot, then only a link's text is left.</param>
    public static NewMessage Message(long id, string body, string? publicUrl) =>
        new()
        {
            Content = Cut(Links().Replace(body, match => Link(match, publicUrl))),
            Nonce = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"private-{id}"),
            EnforceNonce = true,
            Flags = MessageFlags.SuppressEmbeds,
        };

    private static string Link(Match match, string? publicUrl) =>
        // An escaped sign begins no link.
        match.Value[0] == '\\'
            ? match.Value
        : publicUrl is null ? match.Groups["text"].Value
        : $"[{match.Groups["text"].Value}](<{publicUrl.TrimEnd('/')}{match.Groups["path"].Value}>)";

    private static string Cut(string text)
    {
        if (text.Length <= MaxChars)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaxChars - 1]) ? MaxChars - 1 : MaxChars;
        return text[..end] + "…";
    }

    [GeneratedRegex(
        @"\\.|\[(?<text>(?:[^\[\]\\]|\\.)*)\]\((?<path>/[^\s()]*)\)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline
    )]
    private static partial Regex Links();
}
