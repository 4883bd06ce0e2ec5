using System.Text.RegularExpressions;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Testing.Newsrooms;

/// <summary>Sees which replies were copied, at a fake Discord by a webhook and at a fake Slack by the bot, and when it saw it first.</summary>
/// <param name="discord">Where copies of what was written elsewhere appear.</param>
/// <param name="slack">Likewise.</param>
/// <param name="time">The clock of what is told.</param>
public sealed partial class CopyWatch(FakeDiscordServer discord, FakeSlackServer slack, TimeProvider time)
{
    private readonly Dictionary<ulong, ulong> _readInDiscord = [];
    private readonly Dictionary<string, string> _readInSlack = [];
    private readonly Dictionary<string, List<long>> _seen = new(StringComparer.Ordinal);

    /// <summary>The word that makes a reply one of a kind, see <see cref="Look"/>.</summary>
    /// <param name="side">d for written in Discord, s for written in Slack, w for written in the built-in chat.</param>
    /// <param name="number">Counted by the caller.</param>
    public static string Mark(char side, int number) => $"{side}{number:00000}x";

    /// <summary>Timestamps at which each mark was seen in a copy: one for each copy.</summary>
    public IReadOnlyDictionary<string, List<long>> Seen => _seen;

    /// <summary>Hears of everything else that the bot posted, such as cards: the side (d or s), what it shows, and when it was seen.</summary>
    public Action<char, string, long>? SawPost { get; init; }

    /// <summary>Reads what is new since the last look.</summary>
    public void Look()
    {
        var now = time.GetTimestamp();
        LookAtDiscord(now);
        LookAtSlack(now);
    }

    /// <summary>How many copies there are of each mark now, edited ones by the mark they hold now.</summary>
    public IReadOnlyDictionary<string, int> AllCopies() =>
        AllTexts()
            .Select(text => Marks().Matches(text).LastOrDefault()?.Value)
            .OfType<string>()
            .GroupBy(mark => mark, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    /// <summary>The copies that hold a mark now, for the message of a failure.</summary>
    public IReadOnlyList<string> Texts(string mark) =>
        [.. AllTexts().Where(text => Marks().Matches(text).LastOrDefault()?.Value == mark)];

    private List<string> AllTexts()
    {
        List<string> texts = [];
        lock (discord.State.Sync)
        {
            texts.AddRange(
                discord
                    .State.World.Messages.Values.SelectMany(messages => messages.Values)
                    .Where(message => message.WebhookId is not null)
                    .Select(message => $"{message.Id}: {message.Content}")
            );
        }

        lock (slack.State.Sync)
        {
            texts.AddRange(
                slack
                    .State.World.Messages.Values.SelectMany(messages => messages.Values)
                    .Where(message => message is { ByBot: true, IsReply: true })
                    .Select(message => $"{message.Ts}: {message.Text} {message.Blocks?.ToJsonString()}")
            );
        }

        return texts;
    }

    private void LookAtDiscord(long now)
    {
        lock (discord.State.Sync)
        {
            foreach (var (channel, messages) in discord.State.World.Messages)
            {
                var read = _readInDiscord.GetValueOrDefault(channel);
                for (var at = messages.Count - 1; at >= 0 && messages.Keys[at] > read; at--)
                {
                    var message = messages.Values[at];
                    if (message.WebhookId is not null)
                    {
                        Note(message.Content, now);
                    }
                    else if (message.AuthorId == discord.BotUserId)
                    {
                        SawPost?.Invoke('d', message.Components.ToJsonString(), now);
                    }
                }

                _readInDiscord[channel] = messages.Count == 0 ? 0 : messages.Keys[^1];
            }
        }
    }

    private void LookAtSlack(long now)
    {
        lock (slack.State.Sync)
        {
            foreach (var (channel, messages) in slack.State.World.Messages)
            {
                var read = _readInSlack.GetValueOrDefault(channel, "");
                for (var at = messages.Count - 1; at >= 0 && string.CompareOrdinal(messages.Keys[at], read) > 0; at--)
                {
                    var message = messages.Values[at];
                    if (message is { ByBot: true, IsReply: true })
                    {
                        Note($"{message.Text} {message.Blocks?.ToJsonString()}", now);
                    }
                    else if (message.ByBot)
                    {
                        SawPost?.Invoke('s', $"{message.Text} {message.Blocks?.ToJsonString()}", now);
                    }
                }

                _readInSlack[channel] = messages.Count == 0 ? "" : messages.Keys[^1];
            }
        }
    }

    // A copy may quote what it answers before its own words: the last mark is its own.
    private void Note(string text, long now)
    {
        if (Marks().Matches(text).LastOrDefault() is not { } mark)
        {
            return;
        }

        if (!_seen.TryGetValue(mark.Value, out var times))
        {
            _seen[mark.Value] = times = [];
        }

        times.Add(now);
    }

    [GeneratedRegex(@"[dsw]\d{5,6}[xy]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Marks();
}
