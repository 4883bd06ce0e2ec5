namespace NewsBot.Testing.Newsrooms;

/// <summary>Fault scripts in Slack. Threads are flat there, so every reply answers the story.</summary>
public sealed class SlackFaultStage(SlackNewsroom room) : IFaultStage
{
    public RunningNewsroom Newsroom => room.Newsroom;

    /// <summary>Public, where the bot has to come in by itself, or private, where it is invited.</summary>
    public Task<long> OpenAsync(string name, Random random)
    {
        var isPrivate = random.Next(3) == 0;
        return room.ChannelAsync(room.Slack.Driver.AddChannel(name, isPrivate, withBot: isPrivate));
    }

    public string Break(int seed, Random random)
    {
        var rate = random.NextDouble() * 0.25;
        room.Slack.Faults.Randomly(seed, rate);
        return $"faults: {rate:P0} of the calls and events, a third as many of the sockets";
    }

    public Task MendAsync()
    {
        room.Slack.ClearFaults();
        return Task.CompletedTask;
    }

    public Moment WhenToKill(Random random) =>
        random.Next(3) == 0 ? KillMoments.Any(random) : KillMoments.InSlack(room.Slack, random);

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
        var message = await Human(author).SayAsync(card.Channel, text, card.Ts, cancellationToken);
        return new ScriptReply(card.Channel, message, author, text, parent);
    }

    public Task EditAsync(ScriptReply reply, CancellationToken cancellationToken) =>
        Human(reply.Author).EditAsync(reply.Channel, reply.Message, reply.Text, cancellationToken);

    public Task DeleteAsync(ScriptReply reply, CancellationToken cancellationToken) =>
        Human(reply.Author).DeleteAsync(reply.Channel, reply.Message, cancellationToken);

    public Task RestartPlatformAsync() => room.RestartSlackAsync();

    public int CountCards(long story) => room.FindCards(story).Count;

    public Task<bool> CanBeToldAsync(ScriptReply reply) => Task.FromResult(true);

    public Task<string> DescribeAsync(long channel) => room.DescribeAsync(channel);

    private Servers.FakeSlack.Humans.FakeHuman Human(string name) => room.Slack.Human(name);
}
