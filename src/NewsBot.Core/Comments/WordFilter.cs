using System.Text.RegularExpressions;
using NewsBot.Core.Text;

namespace NewsBot.Core.Comments;

/// <summary>Decides whether a reply waits for a moderator. Pure.</summary>
public static partial class WordFilter
{
    /// <summary>Begins an entry of the list that names a host and not a word.</summary>
    public const string LinkPrefix = "link:";

    /// <summary>A newcomer is new for so long, and until they have written so much that was shown.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromDays(7);

    /// <inheritdoc cref="NewFor"/>
    public const int NewUntil = 3;

    /// <summary>So many entries a list has at most: each reply is held against every one.</summary>
    public const int MostEntries = 500;

    /// <summary>The longest entry, in characters.</summary>
    public const int MaxEntry = 60;

    private const int MinEntry = 2;

    /// <param name="entries">Words, and hosts behind <see cref="LinkPrefix"/>.</param>
    /// <param name="links">What happens to links as such.</param>
    /// <param name="isNew">Whether the writer is new here.</param>
    /// <param name="versions">Every text the reply has had: one that is held is enough.</param>
    /// <returns>Why it waits, as the end of "It …" in Markdown; null where it does not.</returns>
    public static string? Why(
        IReadOnlyCollection<string> entries,
        LinkRule links,
        bool isNew,
        IReadOnlyCollection<string> versions
    )
    {
        if (entries.Count == 0 && links is LinkRule.LetThrough)
        {
            return null;
        }

        var texts = versions.Select(Folded.Of).ToList();
        var hosts = texts.SelectMany(Hosts).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (HostOf(entry) is { } host)
            {
                if (hosts.Any(one => one == host || one.EndsWith("." + host, StringComparison.Ordinal)))
                {
                    return $"links to {MarkdownEscape.Code(host)}";
                }
            }
            else if (
                Folded.Of(entry) is { Length: > 0 } word
                && texts.Exists(text => text.Contains(word, StringComparison.Ordinal))
            )
            {
                return $"contains the word {MarkdownEscape.Code(entry)}";
            }
        }

        return links switch
        {
            LinkRule.HoldAll when texts.Exists(HasLink) => "has a link",
            LinkRule.HoldNewMembers when isNew && texts.Exists(HasLink) => "has a link, and who wrote it is new here",
            _ => null,
        };
    }

    /// <summary>An entry as it is kept: in lower case, and a host without the rest of its address.</summary>
    /// <returns>Null for what is too short or too long, and for a link that names no host.</returns>
    public static string? EntryOf(string text)
    {
        var entry = text.Trim().ToLowerInvariant();
        if (entry.StartsWith(LinkPrefix, StringComparison.Ordinal))
        {
            entry = HostOf(entry) is { } host ? LinkPrefix + host : "";
        }

        return entry.Length is >= MinEntry and <= MaxEntry ? entry : null;
    }

    /// <summary>The host an entry names, however its address was pasted.</summary>
    /// <returns>Null for a word, and for what is no host.</returns>
    public static string? HostOf(string entry)
    {
        if (!entry.StartsWith(LinkPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var host = Hosts(Folded.Of(entry[LinkPrefix.Length..])).FirstOrDefault();
        return host?.StartsWith("www.", StringComparison.Ordinal) == true ? host["www.".Length..] : host;
    }

    private static bool HasLink(string text) => Link().IsMatch(text);

    private static IEnumerable<string> Hosts(string folded) =>
        Host().Matches(folded).Select(match => match.Value.TrimEnd('.'));

    // Chats make links of these by themselves; a bare name without either is a typing error more often than a link.
    [GeneratedRegex(@"[a-z]{2,10}://\S|\bwww\.\w", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"[\p{L}\p{N}][\p{L}\p{N}-]*(\.[\p{L}\p{N}][\p{L}\p{N}-]*)+",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Host();
}

/// <summary>What happens to replies with a link in them.</summary>
public enum LinkRule
{
    LetThrough,

    /// <summary>Those of newcomers wait for a moderator.</summary>
    HoldNewMembers,

    /// <summary>All wait for a moderator.</summary>
    HoldAll,
}
