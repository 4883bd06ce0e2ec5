using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;

namespace NewsBot.Tests.Disk;

/// <summary>What people write in Discord and Slack while nothing can be stored.</summary>
[Collection(nameof(DiskIsFull))]
public sealed class FullDiskChatTests
{
    private const int Megabytes = 48;
    private const int Replies = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replies_in_Discord_wait_until_there_is_room_and_none_is_lost()
    {
        using var disk = SmallDisk.Make(Megabytes);
        await using var room = await DiscordNewsroom.StartAsync(new FakeDiscordOptions(), Data(disk));
        await PlayAsync(disk, new DiscordFaultStage(room));
    }

    [Fact]
    public async Task Replies_in_Slack_wait_until_there_is_room_and_none_is_lost()
    {
        using var disk = SmallDisk.Make(Megabytes);
        await using var room = await SlackNewsroom.StartAsync(new FakeSlackOptions(), Data(disk));
        await PlayAsync(disk, new SlackFaultStage(room));
    }

    private static string Data(SmallDisk disk)
    {
        var folder = Path.Combine(disk.Folder, "data");
        Directory.CreateDirectory(folder);
        return $"--data={folder}";
    }

    private static async Task PlayAsync(SmallDisk disk, IFaultStage stage)
    {
        var newsroom = stage.Newsroom;
        var channel = await stage.OpenAsync("news", new Random(1));
        var story = await stage.StoryAsync("Harbour bridge opens after nine years", channel);
        var first = await stage.SayAsync(story, "Kofi", "said before", null, Token);
        await CommentsAsync(newsroom, story, 1);

        disk.Fill(Environment.ProcessId);
        await UseUpAsync(newsroom);
        for (var i = 0; i < Replies; i++)
        {
            await stage.SayAsync(
                story,
                "Kofi",
                string.Create(CultureInfo.InvariantCulture, $"said while it was full {i}"),
                null,
                Token
            );
        }

        first = first with { Text = "changed while it was full" };
        await stage.EditAsync(first, Token);
        var health = newsroom.Services.GetRequiredService<StorageHealth>();
        Assert.NotNull(health.Trouble);
        Assert.Equal(1, await CountAsync(newsroom, story));
        disk.MakeRoom(Environment.ProcessId);

        var bodies = await CommentsAsync(newsroom, story, 1 + Replies);
        await RunningNewsroom.UntilAsync(async () =>
            (await BodiesAsync(newsroom, story))[0] == "changed while it was full" ? "changed" : null
        );
        Assert.Equal(
            Enumerable
                .Range(0, Replies)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"said while it was full {i}")),
            bodies.Skip(1)
        );
        Assert.Null(health.Trouble);
        Assert.DoesNotContain("given up", string.Join('\n', newsroom.Log.Lines), StringComparison.Ordinal);
    }

    // A small write may find room in the log that is there already.
    private static async Task UseUpAsync(RunningNewsroom newsroom)
    {
        var database = newsroom.Services.GetRequiredService<Database>();
        var health = newsroom.Services.GetRequiredService<StorageHealth>();
        StorageHealth.FailAtOnce();
        for (var i = 0; i < 1_000 && health.Trouble is null; i++)
        {
            var value = new
            {
                Name = $"filler {i.ToString(CultureInfo.InvariantCulture)}",
                Value = new string('x', 60_000),
            };
            try
            {
                await database.WriteAsync(
                    connection => Settings.WriteAsync(connection, value.Name, value.Value),
                    Token
                );
            }
            catch (StorageTroubleException)
            {
                return;
            }
        }
    }

    private static Task<IReadOnlyList<string>> CommentsAsync(RunningNewsroom newsroom, long story, int count) =>
        RunningNewsroom.UntilAsync(async () =>
        {
            var bodies = await BodiesAsync(newsroom, story);
            return bodies.Count == count ? bodies : null;
        });

    private static async Task<int> CountAsync(RunningNewsroom newsroom, long story) =>
        (await BodiesAsync(newsroom, story)).Count;

    private static async Task<IReadOnlyList<string>> BodiesAsync(RunningNewsroom newsroom, long story)
    {
        var page = await newsroom.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/stories/{story}/comments?order=time")
        );
        return
        [
            .. page.GetProperty("comments")
                .EnumerateArray()
                .OrderBy(comment => comment.GetProperty("number").GetInt32())
                .Select(comment => comment.GetProperty("text").GetString()!),
        ];
    }
}
