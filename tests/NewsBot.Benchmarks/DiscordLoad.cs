using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Testing.Servers.FakeDiscord;

namespace NewsBot.Benchmarks;

/// <summary>What guilds cost that the newsroom does nothing in, and what their chatter costs.</summary>
internal static class DiscordLoad
{
    private const int Guilds = 100;
    private const int ChannelsEach = 50;
    private const int ThreadsEach = 20;
    private const int ChatterASecond = 10_000;
    private const int ChatterSeconds = 10;
    private const long GuildMessages = 1 << 9;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        await using var discord = await FakeDiscordServer.StartAsync(new FakeDiscordOptions(), CancellationToken.None);
        using var newsroom = await MeasuredProcess.StartAsync(
            (address, folder) =>
                [
                    "exec",
                    StartBenchmark.BuiltProgram,
                    "--data",
                    folder,
                    $"--Web:Url={address}",
                    "--Starter:Enabled=false",
                    $"--Chat:Discord:BotToken={discord.BotToken}",
                    $"--Chat:Discord:ApiBaseUrl={discord.ApiBaseUrl}",
                ]
        );
        await Task.Delay(Settle, TimeProvider.System);
        // In one process, since two of them differ by more than guilds take.
        var alone = newsroom.ResidentMegabytes;
        for (var number = 0; number < Guilds; number++)
        {
            discord.Driver.AddGuild($"Guild {number}", ChannelsEach, ThreadsEach);
        }

        await Task.Delay(Settle, TimeProvider.System);
        var many = newsroom.ResidentMegabytes;
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"discord guilds: resident {alone:0.0} MB with one guild, {many:0.0} MB with {Guilds} more of {ChannelsEach} channels and {ThreadsEach} threads: {(many - alone) * 1_000 / Guilds:0.0} kB a guild"
            )
        );

        var idle = await ShareAsync(
            newsroom,
            () => Task.Delay(TimeSpan.FromSeconds(ChatterSeconds), TimeProvider.System)
        );
        var rate = 0.0;
        var busy = await ShareAsync(newsroom, async () => rate = await ChatterAsync(discord));
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"discord chatter: {rate:0} dispatches/s that concern nobody take {busy:P1} of one processor (asked for {ChatterASecond}/s; idle: {idle:P1})"
            )
        );
    }

    private static async Task<double> ShareAsync(MeasuredProcess process, Func<Task> work)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var before = process.ProcessorTime;
        await work();
        return (process.ProcessorTime - before) / TimeProvider.System.GetElapsedTime(begin);
    }

    private static async Task<double> ChatterAsync(FakeDiscordServer discord)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var sent = 0;
        while (sent < ChatterASecond * ChatterSeconds)
        {
            var due = Math.Min(
                ChatterASecond * ChatterSeconds,
                (int)(TimeProvider.System.GetElapsedTime(begin).TotalSeconds * ChatterASecond)
            );
            for (; sent < due; sent++)
            {
                discord.Gateway.Publish(Message(discord, sent));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return sent / TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
    }

    private static FakeDispatch Message(FakeDiscordServer discord, int number)
    {
        var id = FakeDiscordState.Text(FakeDiscordState.Snowflake(TimeProvider.System.GetUtcNow()) + (ulong)number);
        return new FakeDispatch(
            "MESSAGE_CREATE",
            discord.GuildId,
            discord.Channels.Announcement,
            GuildMessages,
            new JsonObject
            {
                ["id"] = id,
                ["channel_id"] = FakeDiscordState.Text(discord.Channels.Announcement),
                ["guild_id"] = FakeDiscordState.Text(discord.GuildId),
                ["type"] = 0,
                ["content"] = $"Chatter number {number}, of about the length that people write in a chat.",
                ["timestamp"] = "2026-03-02T08:30:00.000000+00:00",
                ["edited_timestamp"] = null,
                ["tts"] = false,
                ["mention_everyone"] = false,
                ["mentions"] = new JsonArray(),
                ["mention_roles"] = new JsonArray(),
                ["attachments"] = new JsonArray(),
                ["embeds"] = new JsonArray(),
                ["components"] = new JsonArray(),
                ["pinned"] = false,
                ["author"] = new JsonObject
                {
                    ["id"] = "175928847299117063",
                    ["username"] = "somebody",
                    ["global_name"] = "Somebody",
                    ["avatar"] = null,
                    ["discriminator"] = "0",
                },
                ["member"] = new JsonObject
                {
                    ["nick"] = null,
                    ["roles"] = new JsonArray(),
                    ["joined_at"] = "2020-01-01T00:00:00.000000+00:00",
                },
            }
        );
    }
}
