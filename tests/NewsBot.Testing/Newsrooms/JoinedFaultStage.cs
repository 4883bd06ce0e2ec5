using System.Globalization;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Testing.Servers.FakeDiscord.Gateway;

namespace NewsBot.Testing.Newsrooms;

/// <summary>
/// Fault scripts in a community of a Discord guild, a Slack workspace and the built-in chat, where every story has one
/// discussion: what is written, changed and deleted on one side has to be so on all of them.
/// </summary>
public sealed partial class JoinedFaultStage(JoinedNewsroom room) : IFaultStage
{
    private const int Forum = 15;
    private const int Text = 0;

    private const string Discord = "discord";
    private const string Slack = "slack";
    private const string Web = "web";

    private static readonly string[] Sides = [Discord, Slack, Web];

    private readonly Dictionary<long, (long Slack, long Web)> _channels = [];
    private readonly Dictionary<long, long> _webOf = [];
    private Random _random = new(0);

    public RunningNewsroom Newsroom => room.Newsroom;

    /// <returns>The id of the channel of Discord; the others belong to it.</returns>
    public async Task<long> OpenAsync(string name, Random random)
    {
        _random = new Random(random.Next());
        var isForum = random.Next(3) == 0;
        var guild = room.Discord.Discord.Driver.AddChannel(isForum ? Forum : Text, name);
        var discord = await room.Discord.ChannelAsync(guild, isForum ? ChannelType.Forum : ChannelType.Text);
        // What is written in a private channel is for nobody else, so that it would stand nowhere but there.
        var slack = await room.Slack.ChannelAsync(
            room.Slack.Slack.Driver.AddChannel(name, withBot: random.Next(2) == 0)
        );
        var web = await room.WebChannelAsync(name);
        await room.MirrorAsync(discord, slack, web);
        _channels[discord] = (slack, web);
        return discord;
    }

    public string Break(int seed, Random random)
    {
        var (atDiscord, atSlack) = (random.NextDouble() * 0.25, random.NextDouble() * 0.25);
        var count = 1 + random.Next(6);
        room.Discord.Discord.Faults.Randomly(seed, atDiscord);
        room.Discord.Discord.Gateway.Faults.Add(GatewayFaults.Random(seed, count, dispatches: 30));
        room.Slack.Slack.Faults.Randomly(seed, atSlack);
        return $"faults: {atDiscord:P0} of the calls to Discord, {count} at its gateway, {atSlack:P0} of Slack's calls and events";
    }

    public async Task MendAsync()
    {
        room.Discord.Discord.ClearFaults();
        room.Slack.Slack.ClearFaults();
        await ComeBackAsync();
    }

    public Moment WhenToKill(Random random) =>
        random.Next(4) switch
        {
            0 => KillMoments.Any(random),
            1 => KillMoments.InSlack(room.Slack.Slack, random),
            _ => KillMoments.InDiscord(room.Discord.Discord, random),
        };

    public async Task<long> StoryAsync(string headline, long channel)
    {
        var (slack, web) = _channels[channel];
        var story = await room.Discord.StoryAsync(headline, channel, slack, web);
        _webOf[story] = web;
        return story;
    }

    public Task<ScriptReply> SayAsync(
        long story,
        string author,
        string text,
        ScriptReply? parent,
        CancellationToken cancellationToken
    ) =>
        Sides[_random.Next(Sides.Length)] switch
        {
            // What the bot did not post nobody can answer.
            Discord when !_isAway || room.Discord.FindCards(story).Count > 0 => SayAtDiscordAsync(
                story,
                author,
                text,
                parent,
                cancellationToken
            ),
            Slack => SayAtSlackAsync(story, author, text, parent, cancellationToken),
            _ => SayOnWebAsync(story, author, text, parent),
        };

    public Task EditAsync(ScriptReply reply, CancellationToken cancellationToken) =>
        Place.Of(reply) switch
        {
            (Discord, var channel) => room
                .Discord.Discord.Human(reply.Author)
                .EditAsync(Id(channel), Id(reply.Message), reply.Text, cancellationToken),
            (Slack, var channel) => room
                .Slack.Slack.Human(reply.Author)
                .EditAsync(channel, reply.Message, reply.Text, cancellationToken),
            var (_, channel) => ChangeAsync(
                HttpMethod.Patch,
                Message(channel, reply),
                new { author = reply.Author, text = reply.Text }
            ),
        };

    public Task DeleteAsync(ScriptReply reply, CancellationToken cancellationToken) =>
        Place.Of(reply) switch
        {
            (Discord, var channel) => room
                .Discord.Discord.Human(reply.Author)
                .DeleteAsync(Id(channel), Id(reply.Message), cancellationToken),
            (Slack, var channel) => room
                .Slack.Slack.Human(reply.Author)
                .DeleteAsync(channel, reply.Message, cancellationToken),
            var (_, channel) => ChangeAsync(
                HttpMethod.Delete,
                $"{Message(channel, reply)}?author={Uri.EscapeDataString(reply.Author)}",
                body: null
            ),
        };

    public Task RestartPlatformAsync() =>
        _random.Next(2) == 0 ? room.Discord.RestartDiscordAsync() : room.Slack.RestartSlackAsync();

    /// <summary>1 where it stands once on every side.</summary>
    public int CountCards(long story)
    {
        var (discord, slack) = (room.Discord.FindCards(story).Count, room.Slack.FindCards(story).Count);
        return (discord, slack) == (1, 1) ? 1 : (10 * discord) + slack;
    }

    /// <summary>Below a card everything is told; of answers in the channel itself each one before has to be known.</summary>
    public async Task<bool> CanBeToldAsync(ScriptReply reply) =>
        !Place.Of(reply).IsInChannel
        || reply.Parent is not { } parent
        || ((!parent.IsDeleted || await room.Discord.KnowsAsync(Id(parent.Message))) && await CanBeToldAsync(parent));

    public Task<string> DescribeAsync(long channel) =>
        room.DescribeAsync(channel, _channels[channel].Slack, _channels[channel].Web);

    private async Task<ScriptReply> SayAtDiscordAsync(
        long story,
        string author,
        string text,
        ScriptReply? parent,
        CancellationToken cancellationToken
    )
    {
        var card = (await room.Discord.CardsAsync(story))[0];
        var (channel, target) = (card.Channel, card.Message);
        if (parent is not null && Place.Of(parent) is (Discord, var where))
        {
            (channel, target) = (Id(where), Id(parent.Message));
        }
        else if (parent is not null && FindAtDiscord(card, parent.Text) is { } copy)
        {
            (channel, target) = (copy.Channel, copy.Message);
        }
        else
        {
            parent = null;
        }

        var message = await room.Discord.Discord.Human(author).SayAsync(channel, text, target, cancellationToken);
        var isInChannel = channel == card.Channel && card.Channel != card.Message;
        return new ScriptReply(
            string.Create(CultureInfo.InvariantCulture, $"{Discord}:{channel}{(isInChannel ? Place.InChannel : "")}"),
            message.ToString(CultureInfo.InvariantCulture),
            author,
            text,
            parent
        );
    }

    // Threads of Slack are flat: who answers a comment names its number.
    private async Task<ScriptReply> SayAtSlackAsync(
        long story,
        string author,
        string text,
        ScriptReply? parent,
        CancellationToken cancellationToken
    )
    {
        var card = (await room.Slack.CardsAsync(story))[0];
        var number = parent is null
            ? 0
            : await Newsroom.NumberAsync(
                "SELECT COALESCE(MAX(number), 0) FROM comment WHERE story_id = @story AND body = @Text",
                new { story, parent.Text }
            );
        var prefix = number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"#{number} ");
        var message = await room
            .Slack.Slack.Human(author)
            .SayAsync(card.Channel, prefix + text, card.Ts, cancellationToken);
        return new ScriptReply($"{Slack}:{card.Channel}", message, author, text, number == 0 ? null : parent);
    }

    private (ulong Channel, ulong Message)? FindAtDiscord(FakeCard card, string text)
    {
        lock (room.Discord.Discord.State.Sync)
        {
            return
                room.Discord.Discord.State.World.Messages.TryGetValue(card.Message, out var messages)
                && messages.Values.FirstOrDefault(one => one.Content.EndsWith(text, StringComparison.Ordinal))
                    is { } found
                ? (card.Message, found.Id)
                : null;
        }
    }

    private static ulong Id(string key) => ulong.Parse(key, CultureInfo.InvariantCulture);

    /// <summary>Where a reply stands: which side, and that side's id of the channel or thread.</summary>
    private sealed record Place(string Side, string Channel, bool IsInChannel)
    {
        /// <summary>Ends the place of what was answered in a channel of Discord beside the card's thread.</summary>
        public const string InChannel = ":beside";

        public static Place Of(ScriptReply reply)
        {
            var parts = reply.Channel.Split(':');
            return new Place(parts[0], parts[1], parts.Length > 2);
        }

        public void Deconstruct(out string side, out string channel) => (side, channel) = (Side, Channel);
    }
}
