using System.Net;
using NewsBot.Testing;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Discord.Checks;

/// <summary>Stories of a guild that is not the first, and of one the bot was removed from.</summary>
public sealed class OtherCommunityTests : IAsyncLifetime
{
    private readonly PageServer _server = new()
    {
        Settings = ["--Web:PublicUrl=https://news.example", "--Chat:Web:JoinSecret=a quiet word"],
    };

    private NewsroomBuilder Newsroom => _server.Newsroom;

    public async ValueTask InitializeAsync() => await _server.InitializeAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_story_of_another_community_has_a_page_with_nothing_of_ours_on_it()
    {
        var ours = Newsroom.Story(Newsroom.Channel("quay"), [Newsroom.Source()], "Ours alone");
        var other = Elsewhere("public");

        var page = await _server.PageAsync($"/stories/{other}");
        var html = page.DocumentElement.OuterHtml;

        Assert.Equal("Theirs alone", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("A word from there", html, StringComparison.Ordinal);
        Assert.Contains("The Other Guild", page.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("Ours alone", html, StringComparison.Ordinal);
        Assert.DoesNotContain("The Quay Circle", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/stories/{ours}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/stories/{other}/comments.atom"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/api/v1/stories/{other}/comments"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync($"/stories/{other}/comments/1"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/feed.atom")]
    [InlineData("/search?q=theirs")]
    [InlineData("/api/v1/stories")]
    [InlineData("/api/v1/stories?q=theirs")]
    [InlineData("/api/v1/channels")]
    public async Task Lists_hold_nothing_of_another_community(string path)
    {
        Elsewhere("public");
        using var browser = _server.Browser();

        var text = await browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("Theirs alone", text, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("members")]
    [InlineData("off")]
    public async Task A_member_of_ours_is_a_stranger_elsewhere(string publication)
    {
        var other = Elsewhere(publication);
        var member = Newsroom.Member("Ada");
        Newsroom.Run(
            "INSERT INTO api_token (member_id, hash, created_at) VALUES (@Member, @Hash, 0)",
            new { Member = member, Hash = NewsBot.Web.Secrets.Hash("a-token-of-adas-own") }
        );

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"/stories/{other}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"/api/v1/stories/{other}", "a-token-of-adas-own"));
    }

    [Fact]
    public async Task A_guild_the_bot_was_removed_from_is_not_shown_and_is_back_with_the_bot()
    {
        var other = Elsewhere("public");

        Newsroom.Run(
            "UPDATE workspace SET removed_at = @At WHERE platform = 'discord'",
            new { At = Newsroom.Now.ToUnixTimeMilliseconds() }
        );
        var away = await StatusAsync($"/stories/{other}");
        var awayInApi = await StatusAsync($"/api/v1/stories/{other}");
        Newsroom.Run("UPDATE workspace SET removed_at = NULL WHERE platform = 'discord'");

        Assert.Equal(HttpStatusCode.NotFound, away);
        Assert.Equal(HttpStatusCode.NotFound, awayInApi);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/stories/{other}"));
    }

    [Fact]
    public async Task A_week_after_the_removal_nothing_of_a_guild_is_left()
    {
        var ours = Newsroom.Story(Newsroom.Channel("quay"), [Newsroom.Source()], "Ours alone");
        var other = Elsewhere("public");
        Newsroom.Run(
            "UPDATE workspace SET removed_at = @At WHERE platform = 'discord'",
            new { At = Newsroom.Now.AddDays(-8).ToUnixTimeMilliseconds() }
        );

        await _server.PurgeAsync();

        Assert.Equal(0, _server.Count("SELECT COUNT(*) FROM community WHERE id <> 1"));
        Assert.Equal(0, _server.Count("SELECT COUNT(*) FROM workspace WHERE platform = 'discord'"));
        Assert.Equal(0, _server.Count("SELECT COUNT(*) FROM member WHERE name LIKE '%Stranger%'"));
        Assert.Equal(0, _server.Count($"SELECT COUNT(*) FROM comment WHERE story_id = {other}"));
        Assert.Equal(0, _server.Count("SELECT COUNT(*) FROM story_search WHERE story_search MATCH 'theirs'"));
        Assert.Equal(0, _server.Count("SELECT COUNT(*) FROM comment_search WHERE comment_search MATCH 'word'"));
        Assert.Equal(1, _server.Count($"SELECT COUNT(*) FROM story WHERE id = {ours}"));
    }

    [Fact]
    public async Task What_a_purged_guild_wrote_on_a_story_of_others_leaves_its_numbers_behind()
    {
        var quay = Newsroom.Channel("quay");
        var story = Newsroom.Story(quay, [Newsroom.Source()], "Ours and theirs");
        var guild = Guild(1, "public");
        Newsroom.Run(
            "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (@Channel, @Story, 'carded', 0)",
            new { guild.Channel, Story = story }
        );
        Newsroom.Comment(story, guild.Member, guild.Channel, "A word from there");
        Newsroom.Comment(story, Newsroom.Member("Ada"), quay, "A word from here", parent: 1);
        Newsroom.Run(
            "UPDATE workspace SET removed_at = @At WHERE platform = 'discord'",
            new { At = Newsroom.Now.AddDays(-8).ToUnixTimeMilliseconds() }
        );

        await _server.PurgeAsync();
        await _server.PurgeAsync();

        var page = (await _server.PageAsync($"/stories/{story}")).DocumentElement.OuterHtml;
        Assert.Contains("A word from here", page, StringComparison.Ordinal);
        Assert.Contains("id=\"c1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A word from there", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Stranger", page, StringComparison.Ordinal);
        Assert.Equal(1, _server.Count($"SELECT comment_count FROM story WHERE id = {story}"));
    }

    // A guild with a community of its own, a story there and a comment on it.
    private long Elsewhere(string publication)
    {
        Newsroom.Run("INSERT INTO community (id, name, created_at) VALUES (2, 'The Other Guild', 0)");
        var guild = Guild(2, publication);
        var story = Newsroom.Story(guild.Channel, [Newsroom.Source("Their source")], "Theirs alone");
        Newsroom.Run("UPDATE story SET community_id = 2 WHERE id = @story", new { story });
        Newsroom.Run("UPDATE story_entry SET community_id = 2 WHERE story_id = @story", new { story });
        Newsroom.Run("UPDATE source SET community_id = 2 WHERE name = 'Their source'");
        Newsroom.Comment(story, guild.Member, guild.Channel, "A word from there", visibility: publication);
        return story;
    }

    private (long Channel, long Member) Guild(long community, string publication)
    {
        var channel = Newsroom.Channel("elsewhere", publication);
        var member = Newsroom.Member("Stranger");
        Newsroom.Run(
            """
            INSERT INTO workspace (community_id, platform, external_id, name) VALUES (@community, 'discord', '77', 'The Other Guild');
            UPDATE channel SET community_id = @community, workspace_id = (SELECT id FROM workspace WHERE platform = 'discord')
            WHERE id = @channel;
            UPDATE member SET community_id = @community WHERE id = @member;
            INSERT INTO identity (member_id, workspace_id, external_id)
            SELECT @member, id, '88' FROM workspace WHERE platform = 'discord';
            """,
            new
            {
                community,
                channel,
                member,
            }
        );
        return (channel, member);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? token = null)
    {
        using var browser = _server.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = "news.example";
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
