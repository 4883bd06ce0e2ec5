using System.Globalization;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Testing.Servers.FakeDiscord.Gateway;

namespace NewsBot.Testing.Newsrooms;

/// <summary>Fault scripts in Discord: in a text channel, or in a forum.</summary>
public sealed class DiscordFaultStage(DiscordNewsroom room) : IFaultStage
{
    private const int Forum = 15;
    private const int Text = 0;

    private readonly HashSet<ulong> _forums = [];

    public RunningNewsroom Newsroom => room.Newsroom;

    public Task<long> OpenAsync(string name, Random random)
    {
        var isForum = random.Next(3) == 0;
        var place = room.Discord.Driver.AddChannel(isForum ? Forum : Text, name);
        return room.ChannelAsync(place, isForum ? ChannelType.Forum : ChannelType.Text);
    }

    public string Break(int seed, Random random)
    {
        var rate = random.NextDouble() * 0.25;
        var count = 1 + random.Next(6);
        room.Discord.Faults.Randomly(seed, rate);
        room.Discord.Gateway.Faults.Add(GatewayFaults.Random(seed, count, dispatches: 30));
        return $"faults: {rate:P0} of the calls, {count} at the gateway";
    }

    public Task MendAsync()
    {
        room.Discord.ClearFaults();
        return Task.CompletedTask;
    }

    public Moment WhenToKill(Random random) =>
        random.Next(3) == 0 ? KillMoments.Any(random) : KillMoments.InDiscord(room.Discord, random);

    public Task<long> StoryAsync(string headline, long channel) => room.StoryAsync(headline, channel);

    public async Task<ScriptReply> SayAsync(
        long story,
        string author,
        string text,
        ScriptReply? parent,
        CancellationToken cancellationToken
    )
    {
        var card = (await room.CardsAsync(story))[0];
        // The first message of a forum post has the id of the post.
        if (card.Channel == card.Message)
        {
            _forums.Add(card.Channel);
        }

        var message = await room
            .Discord.Human(author)
            .SayAsync(card.Channel, text, parent is null ? card.Message : Id(parent.Message), cancellationToken);
        return new ScriptReply(Key(card.Channel), Key(message), author, text, parent);
    }

    public Task EditAsync(ScriptReply reply, CancellationToken cancellationToken) =>
        room.Discord.Human(reply.Author).EditAsync(Id(reply.Channel), Id(reply.Message), reply.Text, cancellationToken);

    public Task DeleteAsync(ScriptReply reply, CancellationToken cancellationToken) =>
        room.Discord.Human(reply.Author).DeleteAsync(Id(reply.Channel), Id(reply.Message), cancellationToken);

    public Task RestartPlatformAsync() => room.RestartDiscordAsync();

    public int CountCards(long story) => room.FindCards(story).Count;

    /// <summary>Each message on the way from a reply to the card has to be there still, or to have been seen while it was.</summary>
    public async Task<bool> CanBeToldAsync(ScriptReply reply) =>
        _forums.Contains(Id(reply.Channel))
        || reply.Parent is not { } parent
        || ((!parent.IsDeleted || await room.KnowsAsync(Id(parent.Message))) && await CanBeToldAsync(parent));

    public Task<string> DescribeAsync(long channel) => room.DescribeAsync(channel);

    private static ulong Id(string key) => ulong.Parse(key, CultureInfo.InvariantCulture);

    private static string Key(ulong id) => id.ToString(CultureInfo.InvariantCulture);
}
