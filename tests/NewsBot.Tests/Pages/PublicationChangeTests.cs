using System.Globalization;
using NewsBot.Chat;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;

namespace NewsBot.Tests.Pages;

/// <summary>What happens to what was written when an admin changes who may read a channel.</summary>
public sealed class PublicationChangeTests(PublishedServer server) : IClassFixture<PublishedServer>
{
    private static readonly string[] Widths = ["off", "members", "public"];

    public static TheoryData<string, string> Changes()
    {
        var changes = new TheoryData<string, string>();
        foreach (var before in Widths)
        {
            foreach (var after in Widths)
            {
                changes.Add(before, after);
            }
        }

        return changes;
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Narrowing_holds_at_once_for_all_and_widening_for_what_comes_then(string before, string after)
    {
        var (channel, story) = Room(before);
        var member = server.Newsroom.Member($"Writer {channel}");
        server.Newsroom.CommentOf(story, member, channel, $"early{channel}");

        if (before != after)
        {
            await server.Server.CommandAsync($"channel publish {after} --channel {Name(channel)}");
        }

        server.Newsroom.CommentOf(story, member, channel, $"late{channel}");

        var narrower = Widths[Math.Min(Array.IndexOf(Widths, before), Array.IndexOf(Widths, after))];
        Assert.Equal(await ReadersAsync(story, $"early{channel}"), ReadersOf(narrower));
        Assert.Equal(await ReadersAsync(story, $"late{channel}"), ReadersOf(after));
    }

    [Theory]
    [InlineData("members")]
    [InlineData("public")]
    public async Task A_channel_that_turns_private_is_read_by_nobody_from_then_on(string before)
    {
        var (channel, story) = Room(before);
        server.Newsroom.CommentOf(story, server.Newsroom.Member($"Writer {channel}"), channel, $"early{channel}");
        Assert.NotEmpty(await ReadersAsync(story, $"early{channel}"));

        await server.Server.WriteAsync(connection =>
            ChatPrivacy.CloseAsync(connection, new ChannelId(channel), "Discord", server.Newsroom.Now)
        );

        Assert.Empty(await ReadersAsync(story, $"early{channel}"));
        var again = await server.Server.AskAsync($"channel publish {before} --channel {Name(channel)}");
        Assert.Equal(CommandEnding.Refused, again.Ending);

        await server.Server.WriteAsync(connection => ChatPrivacy.OpenAsync(connection, new ChannelId(channel)));
        await server.Server.CommandAsync($"channel publish {before} --channel {Name(channel)}");

        Assert.Empty(await ReadersAsync(story, $"early{channel}"));
    }

    private (long Channel, long Story) Room(string publication)
    {
        var name = $"room-{Guid.CreateVersion7(server.Newsroom.Now):N}";
        var channel = server.Newsroom.ChannelOf(server.Guild, name, publication);
        server.Newsroom.Run("UPDATE channel SET name = 'c' || id WHERE id = @channel", new { channel });
        var story = server.Newsroom.Story(channel, [server.Newsroom.Source()]);
        // The story itself can be seen by all, so that only the comments differ.
        server.Newsroom.AlsoIn(story, server.Newsroom.Channel($"open-{name}"));
        return (channel, story);
    }

    private static string Name(long channel) => string.Create(CultureInfo.InvariantCulture, $"c{channel}");

    private static IReadOnlyList<string> ReadersOf(string visibility) =>
        visibility switch
        {
            "public" => PublishedServer.Viewers,
            "members" => ["member", "chatter", "admin"],
            _ => [],
        };

    private async Task<IReadOnlyList<string>> ReadersAsync(long story, string words)
    {
        List<string> readers = [];
        foreach (var viewer in PublishedServer.Viewers)
        {
            var isRead = false;
            foreach (var door in new[] { "", "/comments.atom", "/comments.json", ".md" })
            {
                var (_, text) = await server.GetAsync(viewer, $"/stories/{story}{door}");
                var isHere = text.Contains(words, StringComparison.Ordinal);
                Assert.True(door.Length == 0 || isHere == isRead, $"{viewer} at {door}");
                isRead = isHere;
            }

            if (isRead)
            {
                readers.Add(viewer);
            }
        }

        return readers;
    }
}
