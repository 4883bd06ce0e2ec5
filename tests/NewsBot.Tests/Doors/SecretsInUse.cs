using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Tests.SignIn;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Doors;

/// <summary>A newsroom makes use of every kind of secret there is; what it says meanwhile is kept.</summary>
internal static partial class SecretsInUse
{
    private static readonly string[] Pages =
    [
        "/",
        "/status",
        "/about",
        "/search?q=bridge",
        "/feed.atom",
        "/sitemap.xml",
        "/openapi/v1.json",
        "/api/v1/channels",
        "/api/v1/stories",
        "/settings",
        "/moderation",
        "/chat",
        "/nowhere",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Feeds with a login, with one in their address, with a secret in their query, and some that answer with what they were sent.</summary>
    public static async Task FeedsAsync(SignInRig rig, FakeFeedSite site, EchoingServer echo, Canaries canaries)
    {
        var password = canaries.Plant("password of a feed", "canary-feed-password-3302");
        var inAddress = canaries.Plant("password in an address", "canary-address-pass-9915");
        site.Set(
            "/open.xml",
            """
            <rss version="2.0"><channel><title>Open</title><link>http://x.example</link><description>d</description>
            <item><guid isPermaLink="false">o1</guid><title>Harbour bridge opens to traffic</title><description>The bridge opened at noon. Hundreds came to see it.</description></item>
            </channel></rss>
            """
        );
        var channel = await rig.Rooms.Discord.ChannelAsync(rig.Discord.Channels.Text);
        var here = FormattableString.Invariant($"--channel channel-{channel}");
        await AskAsync(rig.Newsroom.Services, canaries, $"add {site.Url("/open.xml")} {here}", isConfirmed: true);
        await AskAsync(
            rig.Newsroom.Services,
            canaries,
            $"add http://reader:{inAddress}@{site.Root.Authority}/open.xml {here}",
            isConfirmed: true
        );
        await AskAsync(
            rig.Newsroom.Services,
            canaries,
            $"add http://reader:{inAddress}@{new Uri(echo.Address).Authority}/feed {here}",
            isConfirmed: true
        );
        await AskAsync(
            rig.Newsroom.Services,
            canaries,
            $"test http://reader:{inAddress}@{new Uri(echo.Address).Authority}/feed",
            isConfirmed: true
        );
        await rig.Newsroom.RunAsync("UPDATE feed SET next_poll_at = 0");
        await AskAsync(
            rig.Newsroom.Services,
            canaries,
            $"login set {echo.Address}/feed",
            isConfirmed: true,
            login: new TypedLogin("reader", password)
        );
        await AskAsync(
            rig.Newsroom.Services,
            canaries,
            "login set Open",
            isConfirmed: true,
            login: new TypedLogin("reader", password)
        );
        await rig.Newsroom.RunAsync("UPDATE feed SET next_poll_at = 0");
        await RunningNewsroom.UntilAsync(async () =>
            await rig.Newsroom.NumberAsync("SELECT COUNT(*) FROM feed WHERE last_polled_at IS NOT NULL") > 0
                ? "yes"
                : null
        );
    }

    /// <summary>A story on both platforms, copies with their webhook, interactions with their tokens.</summary>
    public static async Task TalkAsync(SignInRig rig, Canaries canaries)
    {
        var story = await rig.StoryAsync();
        var slack = (await rig.Rooms.Slack.CardsAsync(story.Id))[0].Ts;
        await rig.Slack.Human("Kofi").SayAsync(rig.Slack.Channels.Public, "Said in Slack", slack, Stop);
        await RunningNewsroom.UntilAsync(() =>
        {
            lock (rig.Discord.State.Sync)
            {
                return Task.FromResult(
                    rig.Discord.State.World.Messages.Values.Any(room =>
                        room.Values.Any(message => message.WebhookName is not null)
                    )
                        ? "yes"
                        : null
                );
            }
        });
        await rig
            .Discord.Human("admin")
            .RunCommandAsync(rig.Discord.Channels.Text, "news latest", new JsonObject(), Stop);
        lock (rig.Discord.State.Sync)
        {
            foreach (var webhook in rig.Discord.State.World.Webhooks.Values)
            {
                canaries.Plant("token of a webhook", webhook.Token);
            }

            foreach (var interaction in rig.Discord.State.World.Interactions.Values)
            {
                canaries.Plant("token of an interaction", interaction.Token);
            }
        }
    }

    /// <summary>Sessions, codes that join two names, tokens of programs.</summary>
    public static async Task PeopleAsync(SignInRig rig, Canaries canaries)
    {
        foreach (var platform in (string[])["discord", "slack"])
        {
            using var browser = await rig.SignedInAsync(platform, "admin");
            foreach (System.Net.Cookie cookie in browser.Cookies.GetAllCookies())
            {
                canaries.Plant($"cookie {cookie.Name}", cookie.Value);
            }

            foreach (var path in (string[])["/me", .. Pages])
            {
                using var answer = await browser.GetAsync(path);
                canaries.Write($"GET {path}", await answer.Content.ReadAsStringAsync(Stop) + answer.Headers);
            }

            foreach (
                var spec in Catalogue.All.Where(spec =>
                    SettingsCatalogue.Find(SettingsCatalogue.Slug(spec)) is not null
                )
            )
            {
                using var form = await browser.GetAsync(SettingsCatalogue.Path(spec));
                canaries.Write($"GET {SettingsCatalogue.Path(spec)}", await form.Content.ReadAsStringAsync(Stop));
            }
        }

        await rig.Newsroom.RunAsync(
            "INSERT INTO member (community_id, name, role, first_seen_at) VALUES (1, 'Robota', 'member', 0)"
        );
        var runner = rig.Newsroom.Services.GetRequiredService<RunCommand>();
        var made = await runner.RunAsync(Operator("token create Robota"), Stop);
        canaries.Plant("API token that was made", made.Markdown.Split('`').MaxBy(word => word.Length)!);
        var shown = await rig.Slack.Human("Kofi").SlashAsync("/news", "me link", rig.Slack.Channels.Public, Stop);
        var code = LinkCodes().Match(shown.ToJsonString()).Value;
        canaries.Plant("link code", code);
        canaries.Plant("link code without its line", code.Replace("-", "", StringComparison.Ordinal));
    }

    /// <summary>All that tells of how the newsroom is, and all that hands out what it has.</summary>
    public static async Task LookAsync(SignInRig rig, Canaries canaries)
    {
        foreach (
            var line in (string[])
                [
                    "list",
                    "status",
                    "audit 100",
                    "export json",
                    "export opml",
                    "channel list",
                    "token list",
                    "bundle list",
                    "help",
                    "review",
                ]
        )
        {
            await AskAsync(rig.Newsroom.Services, canaries, line);
        }

        using var browser = rig.Browser();
        foreach (var path in Pages)
        {
            using var answer = await browser.GetAsync(path);
            canaries.Write($"GET {path} as a stranger", await answer.Content.ReadAsStringAsync(Stop) + answer.Headers);
        }
    }

    private static CommandRequest Operator(string line) =>
        new(CommandRequest.Operator(new CommunityId(1)), null, line, Confirmed: true);

    /// <summary>Says a command as the operator and keeps the answer.</summary>
    public static async Task AskAsync(
        IServiceProvider services,
        Canaries canaries,
        string line,
        bool isConfirmed = false,
        TypedLogin? login = null
    )
    {
        var reply = await services
            .GetRequiredService<RunCommand>()
            .RunAsync(Operator(line) with { Confirmed = isConfirmed, Login = login }, Stop);
        canaries.Write(
            $"the answer to {line.Split(' ')[0]}",
            $"{reply.Markdown} {string.Join(' ', reply.Suggestions)} {(reply.File is { } file ? Encoding.UTF8.GetString(file.Bytes.Span) : "")}"
        );
    }

    [GeneratedRegex("[a-z2-9]{4}-[a-z2-9]{4}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LinkCodes();
}
