using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Channels;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Tests.Discord.Checks;

/// <summary>The whole program beside a fake Discord; the guild is known and its text channel in use.</summary>
internal sealed class DiscordRig : IAsyncDisposable
{
    private DiscordRig(FakeDiscordServer discord, RunningNewsroom newsroom, ChannelId channel)
    {
        Discord = discord;
        Newsroom = newsroom;
        Channel = channel;
    }

    public FakeDiscordServer Discord { get; }

    public RunningNewsroom Newsroom { get; }

    /// <summary>Ours for the text channel.</summary>
    public ChannelId Channel { get; }

    private Database Database => Newsroom.Services.GetRequiredService<Database>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DiscordRig> StartAsync(params string[] settings)
    {
        var discord = await FakeDiscordServer.StartAsync(new FakeDiscordOptions(), Token);
        var newsroom = await RunningNewsroom.StartAsync([
            $"--Chat:Discord:ApiBaseUrl={discord.ApiBaseUrl}",
            $"--Chat:Discord:BotToken={discord.BotToken}",
            .. settings,
        ]);
        var database = newsroom.Services.GetRequiredService<Database>();
        var now = TimeProvider.System.GetUtcNow();
        var channel = await database.WriteAsync(
            async connection =>
                await DiscordPlaces.KeepChannelAsync(
                    connection,
                    await ChatPlaces.Discord.KeepAsync(
                        connection,
                        new Snowflake(discord.GuildId).ToString(),
                        "The Harbour",
                        hasWebChat: false,
                        now
                    ),
                    new Channel(new Snowflake(discord.Channels.Text), ChannelType.Text, Name: "news"),
                    now
                ),
            Token
        );
        // From here on nobody checks by itself before an hour has passed.
        await newsroom.Services.GetRequiredService<CheckRounds<DiscordCheck>>().RunAsync(Token);
        return new DiscordRig(discord, newsroom, channel);
    }

    public Task<CheckOutcome> CheckAsync() =>
        Newsroom.Services.GetRequiredService<DiscordCheck>().RunAsync(new Snowflake(Discord.GuildId).ToString(), Token);

    /// <summary>As the publisher does when Discord refuses a post.</summary>
    public Task ParkAsync(string reason) =>
        Database.WriteAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    "UPDATE channel SET parked_reason = @reason WHERE id = @Id",
                    new { reason, Id = Channel.Value }
                );
                await PrivateMessages.TellOfChannelAsync(connection, Channel, reason, TimeProvider.System.GetUtcNow());
            },
            Token
        );

    public Task DeliverAsync() => Newsroom.Services.GetRequiredService<DiscordPrivateMessages>().RunAsync(Token);

    public async Task<IReadOnlyList<string>> CausesAsync() =>
        await Database.ReadAsync(
            async connection => (await connection.QueryAsync<string>("SELECT cause FROM trouble ORDER BY id")).AsList(),
            Token
        );

    public Task<string?> ParkedAsync() =>
        Database.ReadAsync(
            connection =>
                connection.ExecuteScalarAsync<string?>(
                    "SELECT parked_reason FROM channel WHERE id = @Id",
                    new { Id = Channel.Value }
                ),
            Token
        );

    public Task<long> NumberAsync(string sql) =>
        Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql), Token);

    public Task RunAsync(string sql, object? parameters = null) =>
        Database.WriteAsync(connection => (Task)connection.ExecuteAsync(sql, parameters), Token);

    /// <summary>What somebody got as direct messages, as JSON.</summary>
    public string Inbox(string human) => Discord.Human(human).Inbox.ToJsonString();

    public async ValueTask DisposeAsync()
    {
        await Newsroom.DisposeAsync();
        await Discord.DisposeAsync();
    }
}
