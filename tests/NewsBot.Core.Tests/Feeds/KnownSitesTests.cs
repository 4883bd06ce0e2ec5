using System.Text;
using NewsBot.Core.Feeds;

namespace NewsBot.Core.Tests.Feeds;

/// <summary>What the address of a page, and the page itself, tell of its feed.</summary>
public sealed class KnownSitesTests
{
    private const string Channel = "UCabcdefghijklmnopqrstuv";
    private const string Videos = "https://www.youtube.com/feeds/videos.xml";

    [Theory]
    [InlineData($"https://www.youtube.com/channel/{Channel}", $"{Videos}?channel_id={Channel}")]
    [InlineData($"https://m.youtube.com/channel/{Channel}/videos", $"{Videos}?channel_id={Channel}")]
    [InlineData("https://youtube.com/user/someone", $"{Videos}?user=someone")]
    [InlineData("https://www.youtube.com/playlist?list=PL123", $"{Videos}?playlist_id=PL123")]
    [InlineData("https://www.youtube.com/watch?v=abc&list=PL123", $"{Videos}?playlist_id=PL123")]
    [InlineData("https://github.com/owner", "https://github.com/owner.atom")]
    [InlineData("https://github.com/orgs/owner/repositories", "https://github.com/owner.atom")]
    [InlineData("https://github.com/owner/tool", "https://github.com/owner/tool/releases.atom")]
    [InlineData("https://github.com/owner/tool/releases/tag/v1", "https://github.com/owner/tool/releases.atom")]
    [InlineData("https://github.com/owner/tool/tags", "https://github.com/owner/tool/tags.atom")]
    [InlineData("https://github.com/owner/tool/commits", "https://github.com/owner/tool/commits.atom")]
    [InlineData("https://github.com/owner/tool/commits/dev", "https://github.com/owner/tool/commits/dev.atom")]
    [InlineData("https://github.com/owner/tool/tree/dev", "https://github.com/owner/tool/commits/dev.atom")]
    [InlineData("https://github.com/owner/tool/wiki", "https://github.com/owner/tool/wiki.atom")]
    [InlineData("https://gist.github.com/owner/1", "https://gist.github.com/owner.atom")]
    [InlineData("https://gitlab.com/group", "https://gitlab.com/group.atom")]
    [InlineData("https://gitlab.com/group/sub/tool", "https://gitlab.com/group/sub/tool/-/releases.atom")]
    [InlineData("https://gitlab.com/group/tool/-/tags", "https://gitlab.com/group/tool/-/tags?format=atom")]
    [InlineData(
        "https://gitlab.example.org/group/tool/-/commits/main?ref_type=heads",
        "https://gitlab.example.org/group/tool/-/commits/main?format=atom"
    )]
    [InlineData("https://codeberg.org/owner/tool", "https://codeberg.org/owner/tool/releases.rss")]
    [InlineData("https://codeberg.org/owner/tool/tags", "https://codeberg.org/owner/tool/tags.rss")]
    [InlineData("https://social.example/@jane", "https://social.example/@jane.rss")]
    [InlineData("https://social.example/@jane/1122334455", "https://social.example/@jane.rss")]
    [InlineData("https://social.example/@jane/tagged/birds", "https://social.example/@jane/tagged/birds.rss")]
    [InlineData("https://social.example/tags/birds", "https://social.example/tags/birds.rss")]
    [InlineData("https://social.example/users/jane", "https://social.example/@jane.rss")]
    [InlineData("https://bsky.app/profile/jane.example", "https://bsky.app/profile/jane.example/rss")]
    [InlineData("https://bsky.app/profile/jane.example/post/3k", "https://bsky.app/profile/jane.example/rss")]
    [InlineData("https://www.reddit.com/r/selfhosted/", "https://www.reddit.com/r/selfhosted/.rss")]
    [InlineData("https://www.reddit.com/r/selfhosted/top", "https://www.reddit.com/r/selfhosted/top/.rss")]
    [InlineData("https://old.reddit.com/user/jane", "https://old.reddit.com/user/jane/.rss")]
    [InlineData("https://www.reddit.com/user/jane/m/sea", "https://www.reddit.com/user/jane/m/sea/.rss")]
    [InlineData(
        "https://www.reddit.com/r/sea/comments/ab12/a_title/",
        "https://www.reddit.com/r/sea/comments/ab12/.rss"
    )]
    [InlineData(
        "https://www.reddit.com/r/sea/search?q=harbour",
        "https://www.reddit.com/r/sea/search.rss?q=harbour&restrict_sr=on&sort=new"
    )]
    [InlineData("https://harbour.wordpress.com/2025/", "https://harbour.wordpress.com/feed/")]
    [InlineData("https://harbour.wordpress.com/category/tides/", "https://harbour.wordpress.com/category/tides/feed/")]
    [InlineData("https://medium.com/@jane", "https://medium.com/feed/@jane")]
    [InlineData("https://medium.com/tag/harbour", "https://medium.com/feed/tag/harbour")]
    [InlineData("https://medium.com/the-pier/tagged/boats", "https://medium.com/feed/the-pier/tagged/boats")]
    [InlineData("https://jane.medium.com/a-story-1", "https://jane.medium.com/feed")]
    [InlineData("https://pier.substack.com/p/a-letter", "https://pier.substack.com/feed")]
    [InlineData(
        "https://pier.blogspot.com/search/label/Boats",
        "https://pier.blogspot.com/feeds/posts/default/-/Boats"
    )]
    [InlineData("https://lemmy.example/c/boats", "https://lemmy.example/feeds/c/boats.xml?sort=New")]
    [InlineData(
        "https://lemmy.example/c/boats@far.example",
        "https://lemmy.example/feeds/c/boats@far.example.xml?sort=New"
    )]
    [InlineData("https://lemmy.example/u/jane", "https://lemmy.example/feeds/u/jane.xml?sort=New")]
    [InlineData("https://lemmy.example/", "https://lemmy.example/feeds/local.xml?sort=New")]
    [InlineData("https://stackoverflow.com/", "https://stackoverflow.com/feeds")]
    [InlineData(
        "https://stackoverflow.com/questions/tagged/c%23",
        "https://stackoverflow.com/feeds/tag?tagnames=c%23&sort=newest"
    )]
    [InlineData(
        "https://dba.stackexchange.com/questions/12/a-title",
        "https://dba.stackexchange.com/feeds/question/12"
    )]
    [InlineData("https://superuser.com/users/7/jane", "https://superuser.com/feeds/user/7")]
    [InlineData("https://dev.to/jane/a-story", "https://dev.to/feed/jane")]
    [InlineData("https://vimeo.com/jane", "https://vimeo.com/jane/videos/rss")]
    [InlineData("https://lobste.rs/t/web", "https://lobste.rs/t/web.rss")]
    [InlineData("https://pypi.org/project/tool/", "https://pypi.org/rss/project/tool/releases.xml")]
    [InlineData("https://crates.io/crates/tool", "https://static.crates.io/rss/crates/tool.xml")]
    [InlineData("https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL")]
    [InlineData("https://sourceforge.net/projects/tool/files/", "https://sourceforge.net/projects/tool/rss?path=/")]
    public void A_site_is_known_by_the_address_of_its_page(string page, string feed) =>
        Assert.Equal(feed, First("", page));

    [Theory]
    [InlineData("https://github.com/topics/news")]
    [InlineData("https://social.example/@jane@elsewhere.example")]
    [InlineData("https://www.youtube.com/watch?v=abc")]
    [InlineData("https://www.youtube.com/playlist?list=<script>")]
    [InlineData("https://medium.com/")]
    public void Pages_that_have_no_feed_of_their_own_give_only_the_usual_guesses(string page)
    {
        var site = new Uri(page).GetLeftPart(UriPartial.Authority);

        Assert.Contains(First("", page), new[] { $"{site}/feed", $"{page.Split('?')[0].TrimEnd('/')}/feed" });
    }

    [Theory]
    [InlineData($"<meta itemprop=\"identifier\" content=\"{Channel}\">")]
    [InlineData($"<link rel=\"canonical\" href=\"https://www.youtube.com/channel/{Channel}\">")]
    [InlineData($"<meta property=\"og:url\" content=\"https://www.youtube.com/channel/{Channel}\">")]
    [InlineData($"<script>var data = {{\"externalId\":\"{Channel}\"}};</script>")]
    [InlineData($"<script>var data = {{\"channelId\":\"{Channel}\"}};</script>")]
    public void A_YouTube_handle_is_followed_by_the_id_in_its_page(string page) =>
        Assert.Equal($"{Videos}?channel_id={Channel}", First(page, "https://www.youtube.com/@somebody"));

    [Fact]
    public void An_id_that_is_none_is_not_followed() =>
        Assert.DoesNotContain(
            FeedDiscovery.Find(
                Encoding.UTF8.GetBytes("<meta itemprop=identifier content='UC\"><script>alert(1)</script>'>"),
                "text/html",
                new Uri("https://www.youtube.com/@somebody")
            ),
            candidate => candidate.Url.AbsoluteUri.StartsWith(Videos, StringComparison.Ordinal)
        );

    [Fact]
    public void A_podcast_in_a_directory_is_followed_to_its_own_feed() =>
        Assert.Equal(
            "https://cast.example/show/rss?a=1&b=2",
            First(
                """<script type="application/json">{"feedUrl":"https:\/\/cast.example\/show\/rss?a=1\u0026b=2"}</script>""",
                "https://podcasts.apple.com/us/podcast/a-show/id123"
            )
        );

    [Theory]
    [InlineData("<a href=\"itpc://cast.example/show\">Subscribe</a>", "https://cast.example/show")]
    [InlineData("<a href=\"https://feed.cast.example/show\">Subscribe</a>", "https://feed.cast.example/show")]
    [InlineData("<a href=\"/feed/podcast/\">Subscribe</a>", "https://show.example/feed/podcast/")]
    public void Podcasts_link_their_feeds_in_many_ways(string page, string feed) =>
        Assert.Equal(feed, First(page, "https://show.example/"));

    private static string First(string page, string url) =>
        FeedDiscovery.Find(Encoding.UTF8.GetBytes(page), "text/html", new Uri(url))[0].Url.AbsoluteUri;
}
