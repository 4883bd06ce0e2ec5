using System.Text.RegularExpressions;

namespace NewsBot.Chat.Discord;

/// <summary>
/// People's names as a webhook may bear them. A name that Discord refuses would lose the comment. Pure.
/// Source: https://discord.com/developers/docs/resources/webhook#create-webhook
/// </summary>
internal static partial class DiscordNames
{
    // Discord's own limit.
    private const int MaxChars = 80;

    // A sign of hardly any width: the word reads as before and is another one for Discord.
    private const string Hair = "\u200A";

    // Of those who have no name that can be seen.
    private const string Nobody = "Somebody";

    /// <param name="author">Any text.</param>
    /// <returns>1 to 80 characters that Discord takes.</returns>
    public static string Username(string author)
    {
        var name = Harmless(ForeignText.Plain(author, MaxChars));
        // What is put between letters makes it longer; a name of nothing but such words is cut to what fits in any case.
        return name.Length <= MaxChars ? name : Harmless(ForeignText.Plain(author, MaxChars * 3 / 4));
    }

    private static string Harmless(string name) =>
        name.Length == 0 ? Nobody
        : Whole().IsMatch(name) ? name.Insert(1, Hair)
        : Parts().Replace(name.Replace("```", "'''", StringComparison.Ordinal), match => match.Value.Insert(1, Hair));

    [GeneratedRegex(@"clyde|discord", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Parts();

    [GeneratedRegex(
        @"\A(everyone|here)\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Whole();
}
