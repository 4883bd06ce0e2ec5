using System.Net;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Moderation;

/// <summary>The page that says what moderators did.</summary>
public sealed class ModerationLogTests : IAsyncLifetime
{
    private readonly PageServer _server = new()
    {
        Settings = ["--Web:PublicUrl=https://news.example", "--Chat:Web:JoinSecret=a quiet word"],
    };

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        var newsroom = _server.Newsroom;
        var (open, closed) = (newsroom.Channel("quay"), newsroom.Channel("cellar", "off"));
        var member = newsroom.Member("Ada");
        var story = newsroom.Story(open, [newsroom.Source()], "Tide in the open");
        var hidden = newsroom.Story(closed, [newsroom.Source()], "Tide in the cellar");
        newsroom.Comment(story, member, open, "A very bad word", state: "hidden");
        newsroom.Comment(hidden, member, closed, "A cellar word", state: "hidden", visibility: "off");
        newsroom.Run(
            $"""
            INSERT INTO audit (community_id, actor, action, target, before, at, reason)
            VALUES (1, 'member-{member}', 'hide', 'comment {story}#1', 'A very bad word', 1, 'too rude'),
                   (1, 'member-{member}', 'hide', 'comment {hidden}#1', NULL, 2, 'cellar reasons'),
                   (1, 'member-{member}', 'lock', 'story-{hidden} Tide in the cellar', NULL, 3, NULL),
                   (1, 'member-{member}', 'mute', 'member-77 Unlucky Lou', NULL, 4, 'flooding'),
                   (1, 'member-{member}', 'review', 'comment {story}#1', NULL, 6, NULL),
                   (1, 'member-{member}', 'words add', 'word verybadword', NULL, 5, NULL);
            UPDATE audit SET after = '[]' WHERE action = 'review';
            INSERT INTO audit (community_id, actor, action, target, after, at)
            VALUES (1, 'member-{member}', 'review', 'comment {story}#1', '{"{"}"decision":"kept"{"}"}', 7),
                   (1, 'member-{member}', 'review', 'comment {story}#1', '[{"{"}"values":{"{"}"muted_until":9{"}"}{"}"}]', 8);
            """
        );
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_is_not_there_unless_it_is_published()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync()).Status);

        _server.Newsroom.Run("INSERT INTO moderation (community_id, log) VALUES (1, 'off')");

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync()).Status);
    }

    [Fact]
    public async Task It_says_who_did_what_and_why_without_what_was_hidden_or_is_not_public()
    {
        _server.Newsroom.Run("INSERT INTO moderation (community_id, log) VALUES (1, 'public')");

        var (status, text) = await GetAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("comment 1 on Tide in the open", text, StringComparison.Ordinal);
        Assert.Contains("too rude", text, StringComparison.Ordinal);
        Assert.Contains("Ada", text, StringComparison.Ordinal);
        Assert.Contains("a member", text, StringComparison.Ordinal);
        Assert.Contains("let through <a", text, StringComparison.Ordinal);
        Assert.Contains("kept hidden <a", text, StringComparison.Ordinal);
        Assert.Contains("kept hidden, and muted who wrote, <a", text, StringComparison.Ordinal);
        foreach (var word in new[] { "very bad word", "cellar", "Unlucky", "verybadword" })
        {
            Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync()
    {
        using var browser = _server.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/moderation", UriKind.Relative));
        request.Headers.Host = "news.example";
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
