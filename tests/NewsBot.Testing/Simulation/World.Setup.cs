using System.Globalization;
using Dapper;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Digests;
using NewsBot.Storage;

namespace NewsBot.Testing.Simulation;

/// <content>The newsroom as it is when things begin to go wrong.</content>
internal sealed partial class World
{
    /// <summary>The hour between 2 and 3 is skipped in spring and doubled in autumn.</summary>
    public const string Schedule = "daily 2:30, 8:30, 17:00 Europe/Berlin";

    private const int Forum = 15;
    private const int Text = 0;

    private static readonly string[] Outlets = ["fjordline", "quay"];

    private const string Join = """
        UPDATE workspace SET community_id = 1;
        UPDATE channel SET community_id = 1;
        UPDATE member SET community_id = 1;
        """;

    private const string AddWeb = """
        INSERT INTO channel (community_id, workspace_id, external_id, name, created_at)
        SELECT 1, id, @Name, @Name, 0 FROM workspace WHERE platform = 'web' RETURNING id
        """;

    private const string SetUp = """
        UPDATE channel SET mode = 'instant', mirror = 'two-way', publication = 'public', max_per_hour = 500,
                           max_per_day = 5000
        WHERE id IN (@Discord, @Slack, @Web);
        UPDATE channel SET mode = 'digest', mirror = 'post-only', publication = 'public', schedule = @Schedule,
                           time_zone = 'Europe/Berlin', next_digest_at = @Next, max_per_hour = 500, max_per_day = 5000
        WHERE id = @Digest;
        """;

    private const string AddFeed = """
        INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, 900000, @Now);
        INSERT INTO source (community_id, feed_id, name, created_at) VALUES (1, last_insert_rowid(), @Name, @Now);
        INSERT INTO subscription (source_id, channel_id, created_at)
        SELECT s.id, c.id, @Now FROM source s, channel c
        WHERE s.id = last_insert_rowid() AND c.id IN (@Discord, @Slack, @Web, @Digest)
        """;

    /// <summary>Starts the program for the first time and makes channels and sources.</summary>
    public void SetUpNewsroom()
    {
        Boot();
        for (var turn = 0; turn < 3; turn++)
        {
            Tick();
            Pass(TimeSpan.FromSeconds(5));
        }

        _looks.Open();
        var isForum = Random.Next(3) == 0;
        var guild = Discord.Driver.AddChannel(isForum ? Forum : Text, "wire");
        var room = Slack.Driver.AddChannel("wire", withBot: true);
        Process!.Start(
            "set up",
            token =>
                Process.Database.WriteAsync(
                    async connection =>
                    {
                        await connection.ExecuteAsync(Join);
                        var now = Clock.GetUtcNow();
                        var atDiscord = await ChatPlaces.Discord.FindAsync(
                            connection,
                            new Snowflake(Discord.GuildId).ToString()
                        );
                        var kept = await DiscordPlaces.KeepChannelAsync(
                            connection,
                            atDiscord!,
                            new Channel(
                                new Snowflake(guild),
                                isForum ? ChannelType.Forum : ChannelType.Text,
                                Name: "wire"
                            ),
                            now
                        );
                        var atSlack = await ChatPlaces.Slack.FindAsync(connection, Slack.TeamId);
                        var keptRoom = await ChatPlaces.KeepChannelAsync(
                            connection,
                            atSlack!,
                            room,
                            "wire",
                            "text",
                            now
                        );
                        Channels = new Channels(
                            kept.Value,
                            keptRoom.Value,
                            room,
                            guild,
                            await connection.ExecuteScalarAsync<long>(AddWeb, new { Name = "wire" }),
                            await connection.ExecuteScalarAsync<long>(AddWeb, new { Name = "brief" })
                        );
                        if (!DigestSchedule.TryParse(Schedule, TimeZoneInfo.Utc, out var schedule, out var problem))
                        {
                            throw new InvalidOperationException(problem);
                        }

                        await connection.ExecuteAsync(
                            SetUp,
                            new
                            {
                                Channels.Discord,
                                Channels.Slack,
                                Channels.Web,
                                Channels.Digest,
                                Schedule,
                                Next = schedule.NextAfter(now).Ms(),
                            }
                        );
                        foreach (var outlet in Outlets)
                        {
                            Feeds.Open(outlet);
                            await connection.ExecuteAsync(
                                AddFeed,
                                new
                                {
                                    Url = SimulatedFeeds.Address(outlet).AbsoluteUri,
                                    Name = outlet,
                                    Now = now.Ms(),
                                    Channels.Discord,
                                    Channels.Slack,
                                    Channels.Web,
                                    Channels.Digest,
                                }
                            );
                        }
                    },
                    token
                )
        );
        Settle();
        for (var turn = 0; turn < 3; turn++)
        {
            Pass(TimeSpan.FromSeconds(5));
            Tick();
        }

        Trace.Add($"all is set up in a {(isForum ? "forum" : "channel")}");
    }

    private List<string> Settings() =>
        [
            "--Web:Url=http://127.0.0.1:0",
            $"--data={_folder}",
            $"--Chat:Discord:BotToken={Discord.BotToken}",
            $"--Chat:Discord:ApiBaseUrl={Discord.ApiBaseUrl}",
            $"--Chat:Slack:BotToken={Slack.BotToken}",
            $"--Chat:Slack:AppToken={Slack.AppToken}",
            $"--Chat:Slack:ApiBaseUrl={Slack.ApiBaseUrl}",
            "--Chat:Web:Enabled=true",
            "--Starter:Enabled=false",
        ];

    /// <summary>Somebody publishes something.</summary>
    public void Publish()
    {
        var item = Feeds.Publish(Outlets[Random.Next(Outlets.Length)]);
        Account.Stories.Add(
            new Checking.ToldStory(item.Title, [Channels.Discord, Channels.Slack, Channels.Web], [Channels.Digest])
        );
        Trace.Add(string.Create(CultureInfo.InvariantCulture, $"published {item.Number} {item.Title}"));
    }
}
