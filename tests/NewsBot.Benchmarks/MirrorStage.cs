using System.Globalization;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Benchmarks;

/// <summary>Fifty stories in twenty pairs of channels, one of Discord and one of Slack each, which mirror each other.</summary>
internal sealed class MirrorStage : IAsyncDisposable
{
    public const int Pairs = 20;
    public const int Stories = 50;

    private static readonly string[] DiscordPeople = ["Tomasz", "Marguerite", "saga_w"];
    private static readonly string[] SlackPeople = ["Kofi", "Tomasz", "Marguerite"];

    private readonly IReadOnlyList<Place> _places;

    private MirrorStage(JoinedNewsroom room, IReadOnlyList<Place> places)
    {
        Room = room;
        _places = places;
        Watch = new CopyWatch(room.Discord.Discord, room.Slack.Slack, TimeProvider.System);
    }

    public JoinedNewsroom Room { get; }

    public CopyWatch Watch { get; }

    /// <summary>Starts it with its cards posted.</summary>
    public static async Task<MirrorStage> StartAsync(FakeDiscordOptions discord, FakeSlackOptions slack)
    {
        var room = await JoinedNewsroom.StartAsync(discord, slack);
        return new MirrorStage(room, await LayOutAsync(room));
    }

    /// <summary>Somebody answers a story in its thread.</summary>
    /// <param name="side">d for Discord, s for Slack.</param>
    /// <param name="story">Counted from 0.</param>
    /// <param name="text">What they say.</param>
    /// <returns>The message.</returns>
    public async Task<string> SayAsync(char side, int story, string text)
    {
        var place = _places[story];
        return side == 'd'
            ? (await Room.Discord.Discord.Human(Pick(DiscordPeople, text)).SayAsync(place.Thread, text)).ToString(
                CultureInfo.InvariantCulture
            )
            : await Room.Slack.Slack.Human(Pick(SlackPeople, text)).SayAsync(place.Channel, text, place.Parent);
    }

    /// <summary>Whoever wrote a message changes it.</summary>
    public Task EditAsync(char side, int story, string message, string text)
    {
        var place = _places[story];
        return side == 'd'
            ? Author(place.Thread, message).EditAsync(place.Thread, Id(message), text, CancellationToken.None)
            : Author(place.Channel, message).EditAsync(place.Channel, message, text, CancellationToken.None);
    }

    /// <summary>Whoever wrote a message deletes it.</summary>
    public Task DeleteAsync(char side, int story, string message)
    {
        var place = _places[story];
        return side == 'd'
            ? Author(place.Thread, message).DeleteAsync(place.Thread, Id(message), CancellationToken.None)
            : Author(place.Channel, message).DeleteAsync(place.Channel, message, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Room.DisposeAsync();

    private static string Pick(string[] people, string text) => people[text.Sum(letter => letter) % people.Length];

    private static async Task<IReadOnlyList<Place>> LayOutAsync(JoinedNewsroom room)
    {
        List<(ulong Discord, string Slack, long DiscordRow, long SlackRow)> pairs = [];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"pair-{pair}");
            var text = room.Discord.Discord.Driver.AddChannel(0, name);
            var channel = room.Slack.Slack.Driver.AddChannel(name, withBot: true);
            pairs.Add((text, channel, await room.Discord.ChannelAsync(text), await room.Slack.ChannelAsync(channel)));
        }

        await room.MirrorAsync([.. pairs.SelectMany(pair => new[] { pair.DiscordRow, pair.SlackRow })]);
        List<(long Story, int Pair)> stories = [];
        for (var story = 0; story < Stories; story++)
        {
            var pair = story % Pairs;
            var headline = string.Create(CultureInfo.InvariantCulture, $"Story {story} of the day");
            stories.Add((await room.Discord.StoryAsync(headline, pairs[pair].DiscordRow, pairs[pair].SlackRow), pair));
        }

        List<Place> places = [];
        foreach (var (story, pair) in stories)
        {
            var thread = (await room.Discord.CardsAsync(story))[0].Message;
            var parent = (await room.Slack.CardsAsync(story))[0].Ts;
            places.Add(new Place(thread, pairs[pair].Slack, parent));
        }

        return places;
    }

    private Testing.Servers.FakeDiscord.Humans.FakeHuman Author(ulong thread, string message)
    {
        var world = Room.Discord.Discord.State.World;
        return Room.Discord.Discord.Human(world.Users[world.Messages[thread][Id(message)].AuthorId].Name);
    }

    private Testing.Servers.FakeSlack.Humans.FakeHuman Author(string channel, string message)
    {
        var world = Room.Slack.Slack.State.World;
        return Room.Slack.Slack.Human(world.Users[world.Messages[channel][message].UserId].Name);
    }

    private static ulong Id(string message) => ulong.Parse(message, CultureInfo.InvariantCulture);

    /// <summary>A story's thread on both sides.</summary>
    private sealed record Place(ulong Thread, string Channel, string Parent);
}
