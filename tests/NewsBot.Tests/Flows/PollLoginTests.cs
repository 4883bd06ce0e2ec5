using NewsBot.Core.Feeds;
using NewsBot.Storage;

namespace NewsBot.Tests.Flows;

/// <summary>Feeds with a login, polled.</summary>
public sealed class PollLoginTests
{
    private const string Closed = "/feeds/closed.rss";

    [Fact]
    public async Task A_feed_with_a_login_is_polled_with_it()
    {
        await using var desk = await GivenAsync("tide");

        await desk.PollAsync();

        Assert.True(desk.Number("SELECT COUNT(*) FROM entry") > 0);
        Assert.Equal(Closed, Assert.Single(desk.Site.Requests).Path);
        Assert.Equal(0, desk.Number("SELECT failures FROM feed"));
    }

    [Fact]
    public async Task A_login_that_has_run_out_is_told_once_with_what_to_do()
    {
        await using var desk = await GivenAsync("yesterdays");
        desk.Run("UPDATE member SET role = 'admin' WHERE id = @Id", new { Id = desk.Member().Id.Value });

        for (var i = 0; i < 5; i++)
        {
            await desk.PollAsync();
        }

        var told = Assert.Single(desk.Words("SELECT body FROM private_message"));
        Assert.Contains("/news login set", told);
        Assert.DoesNotContain("yesterdays", told);
        Assert.DoesNotContain("#", told);
    }

    [Fact]
    public async Task A_login_whose_key_is_gone_is_as_none()
    {
        await using var desk = await GivenAsync("tide");
        desk.Run("UPDATE feed_credential SET secret = 'CfDJ8-not-ours'");

        await desk.PollAsync();

        Assert.Equal(0, desk.Number("SELECT COUNT(*) FROM entry"));
        Assert.Contains("/news login set", desk.Word("SELECT last_error FROM feed"));
    }

    private static async Task<NewsDesk> GivenAsync(string password)
    {
        var desk = await NewsDesk.OpenWithSiteAsync();
        desk.Source(Closed, "Closed", desk.Channel());
        var login = FeedLogin.Basic(desk.Site.Root, "reader", password).Login!;
        var kept = desk.Logins.Protect(login);
        await desk.OutboxAsync(connection => FeedLogins.SaveAsync(connection, 1, kept, desk.Now));
        return desk;
    }
}
