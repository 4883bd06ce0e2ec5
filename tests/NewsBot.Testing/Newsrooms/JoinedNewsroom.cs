using System.Globalization;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Testing.Newsrooms;

/// <summary>The whole program with a fake Discord, a fake Slack and its built-in chat in one community, by one clock.</summary>
public sealed class JoinedNewsroom : IAsyncDisposable
{
    private const string Join = """
        UPDATE workspace SET community_id = 1;
        UPDATE channel SET community_id = 1;
        UPDATE member SET community_id = 1;
        """;

    private JoinedNewsroom(DiscordNewsroom discord, SlackNewsroom slack, RunningNewsroom newsroom)
    {
        Discord = discord;
        Slack = slack;
        Newsroom = newsroom;
    }

    public DiscordNewsroom Discord { get; }

    public SlackNewsroom Slack { get; }

    public RunningNewsroom Newsroom { get; }

    /// <summary>Starts all of it and waits until the newsroom knows both workspaces.</summary>
    /// <param name="discord">How the fake Discord is started.</param>
    /// <param name="slack">How the fake Slack is started, by the same clock.</param>
    /// <param name="settings">More settings, as on the command line.</param>
    public static async Task<JoinedNewsroom> StartAsync(
        FakeDiscordOptions discord,
        FakeSlackOptions slack,
        params string[] settings
    )
    {
        var joined = await StartApartAsync(discord, slack, settings);
        await joined.Newsroom.RunAsync(Join);
        return joined;
    }

    /// <summary>As <see cref="StartAsync"/>, with each platform in a community of its own.</summary>
    public static async Task<JoinedNewsroom> StartApartAsync(
        FakeDiscordOptions discord,
        FakeSlackOptions slack,
        params string[] settings
    )
    {
        var guild = await FakeDiscordServer.StartAsync(discord, CancellationToken.None);
        var team = await FakeSlackServer.StartAsync(slack, CancellationToken.None);
        // A restarted emulator has to be found where the first one was.
        discord.Port = guild.ApiBaseUrl.Port;
        slack.Port = team.ApiBaseUrl.Port;
        var newsroom = await RunningNewsroom.StartAsync(
            discord.Time,
            [
                .. DiscordNewsroom.Settings(guild),
                .. SlackNewsroom.Settings(team),
                "--Chat:Web:Enabled=true",
                "--Starter:Enabled=false",
                .. settings,
            ]
        );
        var joined = new JoinedNewsroom(
            new DiscordNewsroom(discord, guild, newsroom),
            new SlackNewsroom(slack, team, newsroom),
            newsroom
        );
        await joined.Discord.ConnectedAsync();
        await joined.Slack.ConnectedAsync();
        return joined;
    }

    /// <summary>A channel of the built-in chat.</summary>
    /// <returns>Its id in the newsroom.</returns>
    public Task<long> WebChannelAsync(string name) =>
        Newsroom.NumberAsync(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, max_per_hour, max_per_day,
                                 created_at)
            SELECT 1, id, @Name, @Name, 'instant', 'public', 500, 5000, 0 FROM workspace WHERE platform = 'web' RETURNING id
            """,
            new { Name = name }
        );

    /// <summary>Lets replies of these channels appear in each other.</summary>
    public Task MirrorAsync(params IReadOnlyList<long> channels) =>
        Newsroom.RunAsync("UPDATE channel SET mirror = 'two-way' WHERE id IN @Channels", new { Channels = channels });

    /// <summary>What the newsroom has written down of channels, for the message of a failure.</summary>
    public async Task<string> DescribeAsync(params IEnumerable<long> channels)
    {
        List<string> lines = [];
        foreach (var channel in channels)
        {
            var words = await Newsroom.DescribeAsync(channel, TimeProvider.System.GetUtcNow());
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{channel}: {words}"));
        }

        return string.Join('\n', lines);
    }

    public async ValueTask DisposeAsync()
    {
        await Newsroom.DisposeAsync();
        await Discord.Discord.DisposeAsync();
        await Slack.Slack.DisposeAsync();
    }
}
