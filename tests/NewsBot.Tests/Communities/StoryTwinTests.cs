using System.Globalization;
using System.Net;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Communities;

/// <summary>Addresses of a story from the time when two communities were one, after they have parted.</summary>
public sealed class StoryTwinTests(PublishedServer server) : IClassFixture<PublishedServer>
{
    private long _old;
    private long _twin;

    [Theory]
    [InlineData("", "-a-story")]
    [InlineData("-some-old-slug", "-a-story")]
    [InlineData("?order=time&page=2", "-a-story?order=time&page=2")]
    [InlineData("/comments/1", "/comments/1")]
    [InlineData("/comments/1?fragment=quote", "/comments/1?fragment=quote")]
    [InlineData("-some-old-slug/comments/2", "/comments/2")]
    [InlineData("/comments.atom", "/comments.atom")]
    [InlineData("/comments.json?page=2", "/comments.json?page=2")]
    [InlineData(".md", ".md")]
    public async Task They_lead_the_side_that_got_another_number_to_its_own_story(string asked, string led)
    {
        Parted("members", "members");

        var moved = await server.LocationAsync("member-elsewhere", Story(_old) + asked);

        Assert.Equal(Story(_twin) + led, moved);
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData("member")]
    [InlineData("chatter")]
    [InlineData("admin")]
    public async Task Nobody_else_learns_that_there_is_another(string viewer)
    {
        Parted("members", "members");

        foreach (var rest in new[] { "", "/comments/1", "/comments/2", "/comments.atom", "/comments.json", ".md" })
        {
            var moved = await server.LocationAsync(viewer, Story(_old) + rest);

            Assert.True(
                moved?.Contains(Story(_twin), StringComparison.Ordinal) != true,
                $"{viewer} at {rest}: {moved}"
            );
        }
    }

    [Fact]
    public async Task What_the_other_side_never_published_stays_unknown_to_its_members_too()
    {
        Parted("members", "off");

        Assert.Null(await server.LocationAsync("member-elsewhere", Story(_old)));
        var (status, _) = await server.GetAsync("member-elsewhere", Story(_old));
        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task Who_may_read_both_reads_the_story_asked_for_and_finds_a_comment_where_it_is_now()
    {
        Parted("public", "public");

        Assert.Null(await server.LocationAsync("stranger", Story(_old)));
        Assert.Equal($"{Story(_twin)}/comments/1", await server.LocationAsync("stranger", $"{Story(_old)}/comments/1"));
        Assert.Equal($"{Story(_old)}-a-story#c2", await server.LocationAsync("stranger", $"{Story(_old)}/comments/2"));
    }

    [Fact]
    public async Task A_comment_that_is_not_for_the_reader_is_not_led_to()
    {
        Parted("public", "members");

        Assert.Equal($"{Story(_old)}-a-story#c1", await server.LocationAsync("stranger", $"{Story(_old)}/comments/1"));
        Assert.Equal(
            $"{Story(_twin)}/comments/1",
            await server.LocationAsync("member-elsewhere", $"{Story(_old)}/comments/1")
        );
    }

    [Fact]
    public async Task Parting_again_and_again_is_followed()
    {
        Parted("members", "off");
        var between = _twin;
        var elsewhere = server.Server.Count("SELECT id FROM workspace WHERE external_id = '900200'");
        var last = StoryIn(server.Newsroom.ChannelOf(elsewhere, $"last{between}", "members"), 2);
        Twin(between, last);

        Assert.Equal($"{Story(last)}-a-story", await server.LocationAsync("member-elsewhere", Story(_old)));
    }

    // The old number is one community's, with a place where the other's comment was, and the other way round.
    private void Parted(string ours, string theirs)
    {
        var newsroom = server.Newsroom;
        var elsewhere = server.Server.Count("SELECT id FROM workspace WHERE external_id = '900200'");
        var next = server.Server.Count("SELECT COALESCE(MAX(id), 0) + 1 FROM story");
        var here = newsroom.ChannelOf(server.Guild, string.Create(CultureInfo.InvariantCulture, $"ours{next}"), ours);
        var there = newsroom.ChannelOf(elsewhere, string.Create(CultureInfo.InvariantCulture, $"theirs{next}"), theirs);
        (_old, _twin) = (StoryIn(here, 1), StoryIn(there, 2));
        var (ada, hal) = (newsroom.Member("Ada"), newsroom.Member("Hal"));
        newsroom.CommentOf(_old, ada, here, "", message: $"parted:{_old}:1");
        newsroom.CommentOf(_twin, hal, there, "Hal said");
        newsroom.CommentOf(_old, ada, here, "Ada said");
        newsroom.CommentOf(_twin, hal, there, "", message: $"parted:{_twin}:2");
        newsroom.Run("UPDATE comment SET state = 'deleted' WHERE message_id LIKE 'parted:%'");
        Twin(_old, _twin);
    }

    private long StoryIn(long channel, long community)
    {
        var story = server.Newsroom.Story(channel, [server.Newsroom.Source()], "A story");
        server.Newsroom.Run("UPDATE story SET community_id = @community WHERE id = @story", new { community, story });
        return story;
    }

    private void Twin(long story, long twin) =>
        server.Newsroom.Run(
            "INSERT INTO story_twin (story_id, community_id, twin_id) VALUES (@story, 2, @twin)",
            new { story, twin }
        );

    private static string Story(long id) => string.Create(CultureInfo.InvariantCulture, $"/stories/{id}");
}
