using System.Globalization;
using System.Text.Json;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Chat.Web;
using NewsBot.Clients.Discord;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Digests;

/// <summary>A list with headings, and the history of a story, as people see them.</summary>
public sealed class SectionedListTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 14, 5, 0, TimeSpan.Zero);
    private static readonly DiscordView Discord = new(new Snowflake(1), new Snowflake(2), IsForum: false);

    [Fact]
    public void Each_heading_stands_once_above_its_lines_on_every_platform()
    {
        var list = new PostBody.DigestList([Line(1, "Science"), Line(2, "Science"), Line(3, "Sport")], null);

        var discord = DiscordRenderer.Words(DiscordRenderer.Components(list, "k", Discord));
        var slack = JsonSerializer.Serialize(SlackRenderer.Blocks(list, "k", new SlackView("C1")));
        var web = WebRenderer.Text(list);

        Assert.Equal(["### Science", "### Sport"], discord.Split('\n').Where(one => one.StartsWith('#')));
        Assert.Equal(["Science", "Sport"], web.Split('\n').Where(one => !one.StartsWith('•')));
        Assert.Equal(2, slack.Split("Science").Length);
        Assert.Equal(2, slack.Split("Sport").Length);
    }

    [Fact]
    public void A_line_that_changed_says_when()
    {
        var list = new PostBody.DigestList([Line(1, null) with { UpdatedAt = Now }], null);

        Assert.Contains(
            "✎ updated <t:1772460300:t>",
            DiscordRenderer.Words(DiscordRenderer.Components(list, "k", Discord)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "updated 14:05 UTC",
            JsonSerializer.Serialize(SlackRenderer.Blocks(list, "k", new SlackView("C1"))),
            StringComparison.Ordinal
        );
        Assert.Contains("(updated 14:05 UTC)", WebRenderer.Text(list), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_lines_a_message_stays_within_what_the_platforms_take()
    {
        var long30 = new PostBody.DigestList(
            [
                .. Enumerable
                    .Range(1, 30)
                    .Select(i =>
                        Line(i, string.Create(CultureInfo.InvariantCulture, $"Topic {i / 5}")) with
                        {
                            Headline = new string('w', 400),
                            Source = new string('s', 200),
                            UpdatedAt = Now,
                        }
                    ),
            ],
            null
        );

        var discord = DiscordRenderer.Components(long30, "k", Discord);
        var slack = SlackRenderer.Blocks(long30, "k", new SlackView("C1"));

        Assert.InRange(discord.Sum(part => part.Content!.Length), 1, DiscordRenderer.MaxText);
        Assert.InRange(discord.Count, 1, 40);
        Assert.InRange(slack.Count, 1, 50);
        Assert.Contains(" more", DiscordRenderer.Words(discord), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_shows_what_went_and_what_came_also_to_who_only_hears_it()
    {
        await using var server = new PageServer();
        await server.InitializeAsync();
        var channel = server.Newsroom.Channel();
        var story = server.Newsroom.Story(channel, [server.Newsroom.Source()], "Three <hurt> in fire");
        server.Newsroom.Run(
            """
            INSERT INTO story_version (story_id, number, headline, summary_text, since)
            SELECT id, 1, 'Two <hurt> in fire', summary_text, created_at FROM story
            """
        );

        var page = await server.PageAsync(string.Create(CultureInfo.InvariantCulture, $"/stories/{story}"));

        var history = page.QuerySelector("details.history")!;
        Assert.False(history.HasAttribute("open"));
        Assert.Equal("History: changed once", history.QuerySelector("summary")!.TextContent);
        Assert.Equal("removed: Two added: Three <hurt> in fire", history.QuerySelector(".head")!.TextContent);
        Assert.Equal("Two", history.QuerySelector("del")!.LastChild!.TextContent);
    }

    private static DigestLine Line(int story, string? section) =>
        new(
            new StoryId(story),
            string.Create(CultureInfo.InvariantCulture, $"Headline {story}"),
            "https://outlet.example/a",
            "Wire",
            0,
            null
        )
        {
            Section = section,
        };
}
