using System.Globalization;
using System.Text.RegularExpressions;
using NewsBot.Testing.Checking;

namespace NewsBot.Testing.Crash;

/// <summary>
/// Those who write in Discord and Slack, whether the newsroom is there or not, and who remember what they wrote. Nobody stops
/// them in the middle of it: what they said and do not remember would be taken for a reply that nobody wrote.
/// </summary>
internal sealed partial class CrashPeople(CrashWorld world, Random random)
{
    private static readonly string[] Names = ["Inês", "Tomasz", "saga_w", "Kofi", "Marguerite", "ליאור"];

    // Older stories have been read; each reply has to be looked for in all channels.
    private const int Talked = 8;

    private readonly Dictionary<string, string> _authors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _threads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);
    private int _marks;

    /// <summary>All that was told and said.</summary>
    public Account Account { get; } = new();

    /// <summary>Stories people may still talk about.</summary>
    public IReadOnlyList<ToldStory> Current => [.. Account.Stories.TakeLast(Talked)];

    /// <summary>Brings a story into the feeds.</summary>
    public void Tell() =>
        Account.Stories.Add(
            world.Tell(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Letter(Account.Stories.Count / 676)}{Letter(Account.Stories.Count / 26)}{Letter(Account.Stories.Count)}"
                )
            )
        );

    /// <summary>A word that marks a reply as one of a kind.</summary>
    public string Mark(Side side) =>
        string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant(side.ToString()[0])}{++_marks:00000}x");

    /// <returns>The mark of a text that ends with what somebody wrote; null where it has none.</returns>
    public static string? MarkOf(string text) => Marks().Matches(text).LastOrDefault()?.Value;

    public string Name() => Names[random.Next(Names.Length)];

    /// <summary>Somebody writes below a card in Discord, or in its thread.</summary>
    public async Task SayAtDiscordAsync()
    {
        if (PickStory(story => CardAtDiscord(story) is not null) is not { } story)
        {
            return;
        }

        var card = CardAtDiscord(story)!.Value;
        var (place, target, parent) = TargetAtDiscord(card);
        var (mark, name) = (Mark(Side.Discord), Name());
        var text = $"{mark} said";
        var message = await world.Discord.Human(name).SayAsync(place, text, target, CancellationToken.None);
        _authors[mark] = name;
        _threads[mark] = place;
        Account.Replies.Add(
            new SaidReply(mark, story.Headline, Side.Discord, world.AtDiscord.Row)
            {
                Text = text,
                Message = message.ToString(CultureInfo.InvariantCulture),
                Parent = parent,
            }
        );
    }

    /// <summary>Somebody writes in a card's thread in Slack, where threads are flat: whoever answers a copy names its number.</summary>
    public async Task SayAtSlackAsync()
    {
        if (PickStory(story => CardAtSlack(story) is not null) is not { } story)
        {
            return;
        }

        var card = CardAtSlack(story)!;
        var (number, parent) = random.Next(2) == 0 ? CopyAtSlack(card) : (null, null);
        var (mark, name) = (Mark(Side.Slack), Name());
        var (prefix, text) = (number is null ? "" : $"#{number} ", $"{mark} said");
        var message = await world
            .Slack.Human(name)
            .SayAsync(world.AtSlack.Id, prefix + text, card, CancellationToken.None);
        _authors[mark] = name;
        _prefixes[mark] = prefix;
        Account.Replies.Add(
            new SaidReply(mark, story.Headline, Side.Slack, world.AtSlack.Row)
            {
                Text = text,
                Message = message,
                Parent = parent,
            }
        );
    }

    /// <summary>Somebody changes what they wrote in Discord or Slack.</summary>
    public async Task EditAsync()
    {
        if (PickOwn() is not { } reply)
        {
            return;
        }

        reply.Text += " more";
        await (
            reply.Side is Side.Discord
                ? world
                    .Discord.Human(_authors[reply.Mark])
                    .EditAsync(_threads[reply.Mark], Id(reply), reply.Text, CancellationToken.None)
                : world
                    .Slack.Human(_authors[reply.Mark])
                    .EditAsync(
                        world.AtSlack.Id,
                        reply.Message!,
                        _prefixes[reply.Mark] + reply.Text,
                        CancellationToken.None
                    )
        );
    }

    /// <summary>Somebody deletes what they wrote in Discord or Slack.</summary>
    public async Task DeleteAsync()
    {
        if (PickOwn() is not { } reply)
        {
            return;
        }

        reply.IsDeleted = true;
        await (
            reply.Side is Side.Discord
                ? world
                    .Discord.Human(_authors[reply.Mark])
                    .DeleteAsync(_threads[reply.Mark], Id(reply), CancellationToken.None)
                : world
                    .Slack.Human(_authors[reply.Mark])
                    .DeleteAsync(world.AtSlack.Id, reply.Message!, CancellationToken.None)
        );
    }

    private SaidReply? PickOwn() =>
        Pick(Account.Replies.TakeLast(60).Where(reply => !reply.IsDeleted && reply.Side is not Side.Web));

    // Most is said about what is new.
    private ToldStory? PickStory(Func<ToldStory, bool> hasCard)
    {
        var all = Current.Where(hasCard).ToList();
        return random.Next(2) == 0 ? all.LastOrDefault() : Pick(all);
    }

    private T? Pick<T>(IEnumerable<T> among)
        where T : class
    {
        var all = among.ToList();
        return all.Count == 0 ? null : all[random.Next(all.Count)];
    }

    private ulong? CardAtDiscord(ToldStory story)
    {
        var state = world.Discord.State;
        lock (state.Sync)
        {
            return state.World.Messages.TryGetValue(world.AtDiscord.Id, out var messages)
                ? messages
                    .Values.FirstOrDefault(message =>
                        message.AuthorId == state.BotUserId
                        && message.Components.ToJsonString() is var parts
                        && parts.Contains("discuss:", StringComparison.Ordinal)
                        && parts.Contains(story.Headline, StringComparison.Ordinal)
                    )
                    ?.Id
                : null;
        }
    }

    // In the thread where there is one, below any message there; else below the card, which is what opens it.
    private (ulong Place, ulong? Target, string? Parent) TargetAtDiscord(ulong card)
    {
        var state = world.Discord.State;
        lock (state.Sync)
        {
            if (!state.World.Channels.ContainsKey(card))
            {
                return (world.AtDiscord.Id, card, null);
            }

            var said = state
                .World.Messages.GetValueOrDefault(card)
                ?.Values.Where(message => Marks().IsMatch(message.Content))
                .ToList();
            if (said is not { Count: > 0 } || random.Next(2) == 0)
            {
                return (card, null, null);
            }

            var target = said[random.Next(said.Count)];
            return (card, target.Id, Marks().Matches(target.Content)[^1].Value);
        }
    }

    private string? CardAtSlack(ToldStory story)
    {
        var state = world.Slack.State;
        lock (state.Sync)
        {
            return state.World.Messages.TryGetValue(world.AtSlack.Id, out var messages)
                ? messages
                    .Values.FirstOrDefault(message =>
                        message is { ByBot: true, IsReply: false, Tombstone: false }
                        && message.Blocks?.ToJsonString() is { } parts
                        && parts.Contains("discuss:", StringComparison.Ordinal)
                        && parts.Contains(story.Headline, StringComparison.Ordinal)
                    )
                    ?.Ts
                : null;
        }
    }

    private (string? Number, string? Parent) CopyAtSlack(string card)
    {
        var state = world.Slack.State;
        lock (state.Sync)
        {
            var copies = state
                .World.Messages[world.AtSlack.Id]
                .Values.Where(message =>
                    message is { ByBot: true, IsReply: true }
                    && message.ThreadTs == card
                    && Numbered().IsMatch(message.Text)
                    && Marks().IsMatch(message.Text)
                )
                .ToList();
            if (copies.Count == 0)
            {
                return (null, null);
            }

            var copy = copies[random.Next(copies.Count)].Text;
            return (Numbered().Match(copy).Groups["number"].Value, Marks().Matches(copy)[^1].Value);
        }
    }

    private static ulong Id(SaidReply reply) => ulong.Parse(reply.Message!, CultureInfo.InvariantCulture);

    private static char Letter(int number) => (char)('a' + (number % 26));

    [GeneratedRegex("[dsw][0-9]{5}x", RegexOptions.None, 1_000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\A#(?<number>[0-9]+)\b", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Numbered();
}
