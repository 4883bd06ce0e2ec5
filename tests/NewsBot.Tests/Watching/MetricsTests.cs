using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NewsBot.Testing;
using YamlDotNet.RepresentationModel;

namespace NewsBot.Tests.Watching;

/// <summary>What a newsroom tells Prometheus, and whom else not.</summary>
public sealed partial class MetricsTests(ScrapedNewsroom newsroom) : IClassFixture<ScrapedNewsroom>
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "config", "observability");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_poll_a_post_and_a_reply_are_counted()
    {
        Assert.Equal(1, newsroom.Sum("newsbot_polls_total", "outcome=\"changed\""));
        Assert.Equal(1, newsroom.Sum("newsbot_stories_total", "kind=\"new\""));
        Assert.Equal(1, newsroom.Sum("newsbot_post_lag_seconds_count", "platform=\"discord\"", "subject=\"story\""));
        Assert.Equal(1, newsroom.Sum("newsbot_post_lag_seconds_count", "platform=\"web\"", "subject=\"comment\""));
        Assert.Equal(
            1,
            newsroom.Sum("newsbot_posts_total", "operation=\"create\"", "outcome=\"sent\"", "platform=\"discord\"")
        );
        Assert.Equal(1, newsroom.Sum("newsbot_replies_total", "kind=\"create\"", "platform=\"discord\""));
        Assert.Equal(1, newsroom.Sum("newsbot_reply_lag_seconds_count", "platform=\"discord\""));
        Assert.NotEqual(0, newsroom.Sum("newsbot_platform_calls_total", "outcome=\"ok\"", "platform=\"discord\""));
        Assert.NotEqual(0, newsroom.Sum("newsbot_platform_calls_total", "outcome=\"ok\"", "platform=\"slack\""));
    }

    [Fact]
    public void How_the_newsroom_stands_is_shown()
    {
        Assert.Equal(1, newsroom.Sum("newsbot_sources", "state=\"active\""));
        Assert.Equal(1, newsroom.Sum("newsbot_platform_connections", "platform=\"discord\"", "state=\"connected\""));
        Assert.Equal(0, newsroom.Sum("newsbot_storage_trouble"));
        Assert.NotEqual(0, newsroom.Sum("newsbot_storage_database_size_bytes"));
        Assert.NotEqual(0, newsroom.Sum("newsbot_storage_disk_free_bytes"));
    }

    [Fact]
    public void Who_asks_for_the_metrics_is_no_visitor()
    {
        const string Requests = "http_server_request_duration_seconds_count";

        Assert.NotEqual(0, newsroom.Sum(Requests));
        Assert.Equal(0, newsroom.Sum(Requests, "http_route=\"{*path:nonfile}\""));
    }

    [Fact]
    public void No_text_name_address_or_secret_stands_in_it() =>
        Assert.All(
            newsroom.Canaries,
            canary => Assert.DoesNotContain(canary, newsroom.Scrape, StringComparison.OrdinalIgnoreCase)
        );

    [Fact]
    public async Task Visitors_of_the_pages_do_not_find_it()
    {
        using var answer = await newsroom.Pages.GetAsync(new Uri("/metrics", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/api/v1/channels")]
    [InlineData("/metrics/more")]
    public async Task Nothing_else_is_at_its_door(string path)
    {
        using var answer = await newsroom.Door.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_dashboard_asks_only_for_what_there_is()
    {
        using var dashboard = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Folder, "dashboard.json"), Token)
        );
        var asked = dashboard
            .RootElement.GetProperty("panels")
            .EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!);

        AssertExported(asked);
    }

    [Fact]
    public async Task The_alarms_ask_only_for_what_there_is()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(await File.ReadAllTextAsync(Path.Combine(Folder, "alerts.yml"), Token)));
        var groups = (YamlSequenceNode)yaml.Documents[0].RootNode["groups"];
        var rules = groups.SelectMany(group => (YamlSequenceNode)group["rules"]).ToList();

        AssertExported(rules.Select(rule => rule["expr"].ToString()));
        var guide = await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"), Token);
        Assert.All(rules, rule => Assert.Contains($"`{rule["alert"]}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_metric_of_ours_is_explained()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"), Token);

        Assert.All(Exported().Where(IsOurs), name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    private static bool IsOurs(string name) => name.StartsWith("newsbot_", StringComparison.Ordinal);

    // “# TYPE name kind” begins each metric. Source: https://prometheus.io/docs/instrumenting/exposition_formats/
    private List<string> Exported() =>
        [
            .. newsroom
                .Scrape.Split('\n')
                .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[2]),
        ];

    private void AssertExported(IEnumerable<string> expressions)
    {
        var exported = Exported();
        var asked = expressions
            .SelectMany(expression => Names().Matches(expression).Select(name => name.Value))
            .ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked.Distinct(), name => Assert.Contains(Suffix().Replace(name, ""), exported));
    }

    [GeneratedRegex(@"\b(newsbot|dotnet|http_server|kestrel)_\w+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Names();

    [GeneratedRegex("_(bucket|count|sum)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Suffix();
}
