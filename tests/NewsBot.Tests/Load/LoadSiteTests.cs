using System.Net;
using NewsBot.Testing.Load;

namespace NewsBot.Tests.Load;

public sealed class LoadSiteTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_outlet_says_what_is_new_and_says_unchanged_to_who_has_it()
    {
        var outlet = new LoadOutlet(3);
        var old = outlet.Ask("http://outlet", known: null, Now);
        outlet.Publish(Now, news: 0);

        var fresh = outlet.Ask("http://outlet", old.Tag, Now);

        Assert.True(fresh.IsNew);
        Assert.Single(LoadNews.Marks(fresh.Body!).Except(LoadNews.Marks(old.Body!)));
        Assert.Null(outlet.Ask("http://outlet", fresh.Tag, Now).Body);
    }

    [Fact]
    public void What_is_published_later_is_not_served_before()
    {
        var outlet = new LoadOutlet(3);
        outlet.Publish(Now.AddMinutes(1), news: 0);

        Assert.False(outlet.Ask("http://outlet", known: null, Now).IsNew);
        Assert.True(outlet.Ask("http://outlet", known: null, Now.AddMinutes(1)).IsNew);
    }

    [Fact]
    public void One_outlet_of_ten_sends_the_same_body_without_a_word_that_it_is_the_same()
    {
        var outlet = new LoadOutlet(19);

        var (first, second) = (outlet.Ask("http://outlet", null, Now), outlet.Ask("http://outlet", null, Now));

        Assert.Null(first.Tag);
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_card_is_timed_from_the_report_that_brought_it_to_its_channel()
    {
        IReadOnlyDictionary<int, LoadReport>[] reports =
        [
            new Dictionary<int, LoadReport>
            {
                [15] = new(Now, Now.AddSeconds(5), Event: 1),
                [16] = new(Now, Now.AddSeconds(1), Event: 0),
            },
            new Dictionary<int, LoadReport> { [15] = new(Now.AddSeconds(20), Now.AddSeconds(22), Event: 1) },
        ];

        var lags = LoadLags.Of(
            [
                (LoadNews.Title(0, 15, 1), Now.AddSeconds(6)),
                (LoadNews.Title(0, 15, 1), Now.AddSeconds(23)),
                (LoadNews.Title(0, 16, 0), Now.AddSeconds(4)),
                ("something else", Now),
            ],
            reports,
            Now
        );

        Assert.Equal([6_000, 3_000, 4_000], lags.Published);
        Assert.Equal([1_000, 1_000, 3_000], lags.Served);
    }

    [Fact]
    public async Task Each_outlet_is_a_host_of_its_own()
    {
        await using var site = await LoadSite.StartAsync(new LoadPlan(600, 60, seed: 1), port: 0, TimeSpan.Zero);
        using var http = new HttpClient(new SocketsHttpHandler());

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 600)
                .Select(async source =>
                {
                    using var answer = await http.GetAsync(
                        new Uri(LoadSite.FeedUrl(source, site.Port)),
                        TestContext.Current.CancellationToken
                    );
                    return (answer.StatusCode, answer.RequestMessage!.RequestUri!.Host, answer.Headers.ETag);
                })
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(600, answers.Select(answer => answer.Host).Distinct().Count());
        Assert.Equal(60, answers.Count(answer => answer.ETag is null));
        Assert.Equal([50, 10], site.Places.Guilds.Select(guild => guild.Channels.Count));
    }
}
