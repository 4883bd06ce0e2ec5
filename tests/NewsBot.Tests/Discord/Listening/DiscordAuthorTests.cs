using System.Text.Json.Nodes;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeDiscord.Gateway;

namespace NewsBot.Tests.Discord.Listening;

/// <summary>Who may write, how they are shown, and what an admin hears where their words do not arrive.</summary>
public sealed class DiscordAuthorTests
{
    private const long GuildMessages = 1 << 9;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_timed_out_when_they_write_writes_no_comment()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);

        running.Server.Gateway.Publish(ReplyOfSomebodyTimedOut(running.Server, card));
        await running.Server.Human("saga_w").SayAsync(channel, "After", card, Token);

        await running.UntilCommentsAsync(1);
        Assert.Equal(["After"], await running.WordsAsync("SELECT body FROM comment"));
    }

    [Theory]
    [InlineData("a_0f", "b1", "https://cdn.discordapp.com/guilds/7/users/9/avatars/a_0f.png?size=128")]
    [InlineData(null, "b1", "https://cdn.discordapp.com/avatars/9/b1.png?size=128")]
    [InlineData("../../x", "b1", "https://cdn.discordapp.com/avatars/9/b1.png?size=128")]
    [InlineData(null, null, null)]
    public void An_author_has_the_picture_of_the_guild_before_the_one_of_the_account(
        string? ofGuild,
        string? ofAccount,
        string? expected
    )
    {
        var message = new Message(new Snowflake(1), new Snowflake(2))
        {
            Author = new User(new Snowflake(9), "kofi") { Avatar = ofAccount },
            Member = new GuildMember { Avatar = ofGuild },
        };

        Assert.Equal(expected, DiscordAvatars.Address(new Snowflake(7), message));
    }

    [Fact]
    public async Task Words_that_do_not_arrive_are_told_to_the_admins_with_the_switch_to_turn()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (_, card) = await running.CardAsync(channel);
        // Whoever answers the bot's own message mentions it, and such words always arrive.
        var kofi = running.Server.Human("Kofi");
        var thread = await kofi.OpenThreadAsync(channel, card, "Beside the card", Token);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", 1);
        running.Server.Gateway.Faults.Add(GatewayFaultKind.Blank);

        await kofi.SayAsync(thread, "Hidden", null, Token);

        await running.UntilAsync("SELECT COUNT(*) FROM trouble WHERE cause = 'message-content'", 1);
        Assert.Contains(
            "Message Content Intent",
            await running.WordAsync("SELECT words FROM trouble"),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await running.NumberAsync("SELECT COUNT(*) FROM comment"));
    }

    // Written in the moment before a moderator's time-out took hold.
    private static FakeDispatch ReplyOfSomebodyTimedOut(FakeDiscordServer server, ulong card) =>
        new(
            "MESSAGE_CREATE",
            server.GuildId,
            server.Channels.Text,
            GuildMessages,
            new JsonObject
            {
                ["id"] = FakeDiscordState.Text(server.State.NextId()),
                ["channel_id"] = FakeDiscordState.Text(server.Channels.Text),
                ["guild_id"] = FakeDiscordState.Text(server.GuildId),
                ["type"] = 19,
                ["content"] = "Too late",
                ["timestamp"] = "2026-03-02T08:30:00.000000+00:00",
                ["message_reference"] = new JsonObject
                {
                    ["type"] = 0,
                    ["channel_id"] = FakeDiscordState.Text(server.Channels.Text),
                    ["message_id"] = FakeDiscordState.Text(card),
                },
                ["author"] = new JsonObject { ["id"] = "175928847299117063", ["username"] = "loud" },
                ["member"] = new JsonObject
                {
                    ["roles"] = new JsonArray(),
                    ["communication_disabled_until"] = "2999-01-01T00:00:00.000000+00:00",
                },
            }
        );
}
