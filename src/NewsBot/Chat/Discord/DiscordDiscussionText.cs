using System.Globalization;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>What a thread is told of a discussion in place of copies. Pure.</summary>
internal static class DiscordDiscussionText
{
    private const int MaxExcerpt = 400;
    private const int MaxName = 100;

    /// <summary>The discussion before this channel took part in it.</summary>
    public static IReadOnlyList<Component> SoFar(DiscussionSoFar discussion)
    {
        List<string> lines =
        [
            "### The discussion so far",
            discussion.Count == 1
                ? "1 comment was written elsewhere."
                : string.Create(CultureInfo.InvariantCulture, $"{discussion.Count} comments were written elsewhere."),
        ];
        lines.AddRange(discussion.Best.Select(comment => Line(comment, discussion.Page)));
        if (Link("Read all of it", discussion.Page) is { } link)
        {
            lines.Add($"-# {link}");
        }

        return [DiscordRenderer.Text(string.Join('\n', lines))];
    }

    /// <summary>Comments that came too fast to be copied one by one.</summary>
    public static IReadOnlyList<Component> More(PostBody.More more)
    {
        var words =
            more.Count == 1
                ? string.Create(CultureInfo.InvariantCulture, $"1 more comment was written elsewhere: #{more.First}.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{more.Count} more comments were written elsewhere, from #{more.First} on."
                );
        var link = Link("Read them here", more.Page);
        return [DiscordRenderer.Text(link is null ? $"-# {words}" : $"-# {words}\n-# {link}")];
    }

    /// <summary>What stays the same whenever such a message is written, so that it is found again.</summary>
    /// <param name="words">All texts of a message.</param>
    public static string FirstLine(string words) => words.Split('\n', 2)[0];

    private static string Line(BestComment comment, string? page)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"#{comment.Number}");
        var named = page is null
            ? null
            : Link(number, string.Create(CultureInfo.InvariantCulture, $"{page}/comments/{comment.Number}"));
        return $"- {named ?? number} {DiscordText.Line(comment.Author, MaxName)}: {DiscordText.Line(comment.Text, MaxExcerpt)}";
    }

    private static string? Link(string words, string? url) =>
        DiscordText.Target(url) is { } target ? $"[{words}](<{target}>)" : null;
}
