using System.Globalization;
using System.Text.RegularExpressions;
using NewsBot.Clients.Discord;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;

namespace NewsBot.Chat.Discord;

/// <summary>
/// A comment from elsewhere as a message of Discord: a small line with its number, where it was written and what it
/// answers, and below it what its author wrote. Pure.
/// </summary>
internal static partial class DiscordCopyText
{
    // Discord takes 2,000 and does not say of what; emoji may count more than once.
    private const int MaxContent = 1_900;

    private const int MaxName = 80;
    private const int MaxOrigin = 60;
    private const int MaxExcerpt = 120;
    private const int MaxFileName = 60;
    private const int MaxFiles = 10;

    // Longer addresses would take the room of the words.
    private const int MaxUrl = 400;

    private const char Isolate = '\u2068';
    private const char EndIsolate = '\u2069';

    /// <summary>The whole text.</summary>
    /// <param name="number">The comment's number, which is how the message is found again.</param>
    /// <param name="comment">What it says.</param>
    /// <param name="place">Where it is shown.</param>
    /// <param name="hasName">Whether the author's name is part of the text, because the message cannot bear it.</param>
    public static string Content(int number, CopiedComment comment, DiscordCopyPlace place, bool hasName)
    {
        var head = Head(number, comment, place, hasName);
        if (comment.State is not CopyState.Shown)
        {
            return $"{head}\n*{(comment.State is CopyState.Hidden ? "[hidden by a moderator]" : "[deleted]")}*";
        }

        var files = Files(comment.Files);
        var more = comment.Page is { } page ? $" {Link("read the rest", page)}" : "";
        var room = MaxContent - head.Length - files.Length - more.Length - 2;
        var (text, isCut) = DiscordMarkdownWriter.Write(CommentText.Clean(comment.Markdown), place.Origin, room);
        return $"{head}{(text.Length > 0 ? "\n" : "")}{text}{(isCut ? more : "")}{(files.Length > 0 ? "\n" : "")}{files}";
    }

    /// <summary>The plainest form there is, for when Discord takes no other.</summary>
    public static string Plain(int number, CopiedComment comment, bool hasName)
    {
        var name = hasName && comment.Author.Length > 0 ? $" · {DiscordText.Line(comment.Author, MaxName)}" : "";
        var text = comment.State is CopyState.Shown ? comment.Markdown : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"-# #{number}{name}\n{DiscordText.Line(Core.Text.MarkdownPlain.Render(text), MaxContent / 2)}"
        );
    }

    /// <returns>The number a message of ours shows; null where it is no copy.</returns>
    public static int? NumberOf(string? content) =>
        Number().Match(content ?? "") is { Success: true } match
        && int.TryParse(
            match.Groups["number"].ValueSpan,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static string Head(int number, CopiedComment comment, DiscordCopyPlace place, bool hasName)
    {
        var shown = string.Create(CultureInfo.InvariantCulture, $"#{number}");
        List<string> parts = [comment.Page is { } page ? Link(shown, page) : shown];
        if (hasName && Named(comment.Author, MaxName) is { Length: > 0 } name)
        {
            parts.Add($"**{name}**");
        }

        if (Named(comment.Origin, MaxOrigin) is { Length: > 0 } origin)
        {
            parts.Add(origin);
        }

        if (comment is { State: CopyState.Shown, Answers: { } answers })
        {
            parts.Add(Answered(answers, place));
        }

        return $"-# {string.Join(" · ", parts)}";
    }

    private static string Answered(AnsweredComment answers, DiscordCopyPlace place)
    {
        var name = ForeignText.Plain(answers.Author, MaxName);
        var words = string.Create(
                CultureInfo.InvariantCulture,
                $"#{answers.Number} {DiscordText.Words(Isolated(name), isLabel: true)}"
            )
            .TrimEnd();
        var url = place.Answered is { } message
            ? $"https://discord.com/channels/{place.Guild}/{place.AnsweredIn ?? place.Thread}/{message}"
            : answers.Page;
        var excerpt = Named(answers.Excerpt, MaxExcerpt);
        return $"answers {Link(words, url)}{(excerpt.Length > 0 ? $": “{excerpt}”" : "")}";
    }

    private static string Link(string label, string? url) =>
        DiscordText.Target(url) is { Length: <= MaxUrl } target ? $"[{label}](<{target}>)" : label;

    private static string Files(IReadOnlyList<string> files)
    {
        if (files.Count == 0)
        {
            return "";
        }

        var names = string.Join(", ", files.Take(MaxFiles).Select(name => Named(name, MaxFileName)));
        var more =
            files.Count > MaxFiles
                ? string.Create(CultureInfo.InvariantCulture, $" and {files.Count - MaxFiles} more")
                : "";
        return $"-# 📎 {names}{more}";
    }

    private static string Named(string text, int most) => Isolated(DiscordText.Line(text, most));

    // What is read from right to left would turn the order of what stands beside it.
    private static string Isolated(string text) => RightToLeft().IsMatch(text) ? $"{Isolate}{text}{EndIsolate}" : text;

    [GeneratedRegex(@"\A-# \[?#(?<number>[1-9][0-9]{0,8})(?![0-9])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Number();

    [GeneratedRegex(@"[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]|\uD802|\uD803|\uD83A|\uD83B", RegexOptions.None, 1_000)]
    private static partial Regex RightToLeft();
}

/// <summary>Where a copy is shown.</summary>
/// <param name="Guild">Discord's id of the guild.</param>
/// <param name="Thread">Discord's id of the thread.</param>
/// <param name="Origin">Of our pages, as the readers of the channel reach them; null where they do not.</param>
internal sealed record DiscordCopyPlace(Snowflake Guild, Snowflake Thread, string? Origin)
{
    /// <summary>The message there that shows the answered comment; null for none.</summary>
    public Snowflake? Answered { get; init; }

    /// <summary>The channel or thread that message stands in; null for the same thread.</summary>
    public Snowflake? AnsweredIn { get; init; }
}
