using System.Text.Json;
using System.Text.RegularExpressions;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Core.Comments;

namespace NewsBot.Chat.Slack;

/// <summary>Reads people's messages: which of them can be comments, and what they say in our Markdown.</summary>
internal sealed partial class SlackReader(SlackPeople people, SlackChannels channels)
{
    // Slack lets ten files go with a message.
    private const int MaxFiles = 10;

    // Who names more than this names a list.
    private const int MaxNames = 20;

    private const string SlackBot = "USLACKBOT";

    /// <summary>Whether a person wrote this: no bot, no line of Slack's own, nothing that is only told of another message.</summary>
    public static bool IsFromPerson(Message message) =>
        message is { User: { Length: > 0 } user, Hidden: false }
        && user != SlackBot
        && string.IsNullOrEmpty(message.BotId)
        && message.Subtype
            is null
                or ""
                or MessageSubtypes.FileShare
                or MessageSubtypes.Me
                or MessageSubtypes.ThreadBroadcast
                or MessageSubtypes.Replied;

    /// <summary>When a person changed a message, by the event that told of it.</summary>
    /// <param name="change">The event.</param>
    /// <param name="now">The message as it is now.</param>
    /// <returns>Null where no person did: a preview was added, or something in its thread.</returns>
    public static DateTimeOffset? ChangedAt(Message change, Message now)
    {
        var isChanged = change.PreviousMessage is { } before
            ? before.Edited?.Ts != now.Edited?.Ts || !SameContent(before, now)
            : now.Edited is not null;
        // Slack marks an edit by the second only, and two may fall into one; the event itself is told more exactly.
        var edited = now.Edited?.Ts.At;
        var told = Instant(change.EventTs.IsEmpty ? change.Ts : change.EventTs);
        return !isChanged ? null
            : told > edited || edited is null ? told
            : edited;
    }

    /// <summary>What was typed, cleaned but still in Slack's markup, so that a number or link at its beginning can be read.</summary>
    public static string Typed(Message message)
    {
        var typed = CommentText.Clean(Cut(message.Text ?? ""));
        typed = typed.StartsWith("&gt;&gt;", StringComparison.Ordinal) ? ">>" + typed[8..] : typed;
        return LabelledLink().Replace(typed, match => $"{match.Groups["url"].Value}>", 1);
    }

    /// <summary>Files of the message.</summary>
    public static IReadOnlyList<ChatFile> Files(Message message) =>
        [
            .. (message.Files ?? [])
                .Where(file => file.Id is { Length: > 0 })
                .DistinctBy(file => file.Id, StringComparer.Ordinal)
                .Take(MaxFiles)
                .Select(SlackAttachments.File),
        ];

    /// <summary>Finds out whom and what a message names. Asks Slack only what it may be asked right now.</summary>
    public async Task<SlackNames> NamesAsync(string team, Message message, CancellationToken cancellationToken)
    {
        var (users, places) = SlackMarkup.Mentions(Cut(message.Text ?? ""));
        var (richUsers, richPlaces) = SlackRichReader.Mentions(message.Blocks);
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (var user in users.Concat(richUsers).Distinct(StringComparer.Ordinal).Take(MaxNames))
        {
            if (await people.FindAsync(team, user, cancellationToken) is { } person)
            {
                names[user] = person.Name;
            }
        }

        Dictionary<string, string> channelNames = new(StringComparer.Ordinal);
        foreach (var place in places.Concat(richPlaces).Distinct(StringComparer.Ordinal).Take(MaxNames))
        {
            if (await channels.PublicNameAsync(team, place, cancellationToken) is { } name)
            {
                channelNames[place] = name;
            }
        }

        return new SlackNames(names, channelNames);
    }

    /// <summary>The comment a message becomes, without its files.</summary>
    /// <param name="message">A person's message.</param>
    /// <param name="typed">What of its text is kept, see <see cref="Typed"/>.</param>
    /// <param name="names">Who and what it names.</param>
    /// <returns>At most <see cref="CommentText.MaxChars"/> characters of Markdown; empty where only files are there.</returns>
    public static string Markdown(Message message, string typed, SlackNames names)
    {
        // Rich text says more exactly what was meant than the text beside it.
        var rich = SlackRichReader.Convert(message.Blocks, names);
        var isWhole = typed == Typed(message);
        var text =
            rich is { Length: > 0 } && (isWhole || EscapedPrefix().IsMatch(rich))
                ? isWhole
                    ? rich
                    : EscapedPrefix().Replace(rich, "", 1)
                : SlackMarkup.Convert(typed.StartsWith(">>", StringComparison.Ordinal) ? "&gt;" + typed : typed, names);
        return Cut(CommentText.Clean(text));
    }

    /// <summary>
    /// An instant to the millisecond. Behind the point Slack counts messages by hundreds rather than telling the time, so
    /// that the small counts keep a millisecond of their own each.
    /// </summary>
    private static DateTimeOffset? Instant(SlackTs ts)
    {
        const long ACount = 100;
        const long Counted = 50_000;
        const long Micros = 1_000_000;
        if (ts.At is not { } at)
        {
            return null;
        }

        var fraction = at.Ticks / TimeSpan.TicksPerMicrosecond % Micros;
        var ms =
            fraction < Counted
                ? fraction / ACount
                : (Counted / ACount) + ((fraction - Counted) * ((1_000 - (Counted / ACount)) - 1) / (Micros - Counted));
        return at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)).AddMilliseconds(ms);
    }

    private static bool SameContent(Message before, Message now) =>
        before.Text == now.Text
        && JsonSerializer.Serialize(before.Blocks, SlackJson.Options)
            == JsonSerializer.Serialize(now.Blocks, SlackJson.Options)
        && (before.Files ?? [])
            .Select(file => file.Id)
            .SequenceEqual((now.Files ?? []).Select(file => file.Id), StringComparer.Ordinal);

    private static string Cut(string text) =>
        text.Length <= CommentText.MaxChars ? text
        : char.IsHighSurrogate(text[CommentText.MaxChars - 2]) ? text[..(CommentText.MaxChars - 2)] + "…"
        : text[..(CommentText.MaxChars - 1)] + "…";

    // The number a reply answers, as it stands in Markdown.
    [GeneratedRegex(@"^(\\?#|\\?>\\?>)[1-9][0-9]{0,6}(?=[\s:,])[\s:,]*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex EscapedPrefix();

    [GeneratedRegex(@"^(?<url>(&gt;\s*)?<https?://[^|<>\s]{1,2000})\|[^<>]*>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LabelledLink();
}
