using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Cli;
using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Tests.SignIn;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Doors;

/// <summary>
/// Secrets of every kind are given to a newsroom by its settings, its commands and the platforms; then everything it wrote
/// is looked through for them, with logs at their wordiest.
/// </summary>
public sealed partial class SecretTests
{
    private const string Wordy = "--Logging:LogLevel:Default=Trace";

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

    [Fact]
    public async Task Nothing_that_was_written_holds_a_secret()
    {
        var canaries = new Canaries();
        var join = canaries.Plant("join word", "canary-join-word-7391");
        var token = canaries.Plant("API token of the settings", "canary-api-token-5526-long");
        var key = canaries.Plant("key of the model", "canary-model-key-8817");
        var signing = canaries.Plant("signing secret", "canary0signing0secret0of0slack00");
        await using var echo = await EchoingServer.StartAsync();
        await using var site = await FakeFeedSite.StartAsync(0, TimeProvider.System, Stop);
        await using var rig = await SignInRig.StartAsync(
            Wordy,
            $"--Chat:Web:JoinSecret={join}",
            $"--Chat:Web:ApiTokens:0:Token={token}",
            "--Chat:Web:ApiTokens:0:Name=Robot",
            $"--Chat:Slack:SigningSecret={signing}",
            $"--Summarising:Endpoint={echo.Address}/v1",
            "--Summarising:Model=parrot",
            "--Summarising:AllowPrivate=true",
            $"--Summarising:ApiKey={key}",
            "--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8",
            "--Fetching:HostSpacing=00:00:00"
        );
        canaries.Plant("bot token of Discord", rig.Discord.BotToken);
        canaries.Plant("client secret of Discord", rig.Discord.ClientSecret);
        canaries.Plant("bot token of Slack", rig.Slack.BotToken);
        canaries.Plant("app token of Slack", rig.Slack.AppToken);
        canaries.Plant("client secret of Slack", rig.Slack.ClientSecret);

        await FeedsAsync(rig, site, echo, canaries);
        await TalkAsync(rig, canaries);
        await PeopleAsync(rig, canaries);
        await LookAsync(rig, canaries);
        foreach (var line in rig.Newsroom.Log.Lines)
        {
            canaries.Write("the log", line);
        }

        await canaries.WriteFolderAsync(rig.Newsroom.Folder);

        Assert.True(canaries.Places > 200, $"Only {canaries.Places} texts were looked through.");
        canaries.AssertHidden();
    }

    [Fact]
    public async Task A_platform_that_repeats_what_it_was_sent_gives_no_token_away()
    {
        var canaries = new Canaries();
        await using var echo = await EchoingServer.StartAsync();
        string[] settings =
        [
            Wordy,
            "--Starter:Enabled=false",
            $"--Chat:Discord:BotToken={canaries.Plant("bot token of Discord", "canary-discord-bot-token-4410")}",
            $"--Chat:Discord:ApiBaseUrl={echo.Address}/api/v10",
            "--Chat:Discord:ClientId=1",
            $"--Chat:Discord:ClientSecret={canaries.Plant("client secret of Discord", "canary-discord-client-6634")}",
            $"--Chat:Slack:BotToken={canaries.Plant("bot token of Slack", "xoxb-canary-slack-bot-9921")}",
            $"--Chat:Slack:AppToken={canaries.Plant("app token of Slack", "xapp-1-canary-slack-app-1187")}",
            $"--Chat:Slack:ApiBaseUrl={echo.Address}/api/",
            $"--Chat:Slack:SigningSecret={canaries.Plant("signing secret", "canary0signing0secret0of0slack01")}",
            "--Chat:Web:Enabled=true",
        ];
        await using var newsroom = await RunningNewsroom.StartAsync(settings);
        await RunningNewsroom.UntilAsync(() =>
        {
            lock (echo.Heard)
            {
                var isHeard =
                    echo.Heard.Exists(heard => heard.Contains("canary-discord-bot", StringComparison.Ordinal))
                    && echo.Heard.Exists(heard => heard.Contains("canary-slack", StringComparison.Ordinal));
                return Task.FromResult(isHeard ? "yes" : null);
            }
        });
        await AskAsync(newsroom.Services, canaries, "status");
        canaries.Write(
            "the status page",
            await newsroom.Http.GetStringAsync(new Uri("/status", UriKind.Relative), Stop)
        );
        using (var output = new StringWriter())
        {
            Output.Capture(output, output);
            await Doctor.RunAsync([.. settings, $"--data={newsroom.Folder}", "--Web:Url=http://127.0.0.1:0"], Stop);
            canaries.Write("doctor", output.ToString());
        }

        foreach (var line in newsroom.Log.Lines)
        {
            canaries.Write("the log", line);
        }

        await canaries.WriteFolderAsync(newsroom.Folder);
        canaries.AssertHidden();
    }

    [Fact]
    public async Task A_start_that_fails_and_help_repeat_no_secret()
    {
        var canaries = new Canaries();
        string[] secrets =
        [
            $"--Chat:Discord:BotToken={canaries.Plant("bot token", "canary-discord-bot-token-4410")}",
            $"--Chat:Web:JoinSecret={canaries.Plant("join word", "canary-join-word-7391")}",
            $"--Chat:Web:ApiTokens:0:Token={canaries.Plant("API token", "canary-api-token-5526-long")}",
            $"--Summarising:ApiKey={canaries.Plant("key of the model", "canary-model-key-8817")}",
            $"--Chat:Slack:BotToken={canaries.Plant("Slack token", "canary-wrongly-shaped-slack-9921")}",
            $"--Chat:Slack:SigningSecret={canaries.Plant("signing secret", "canary signing secret")}",
            $"--Chat:Discord:PublicKey={canaries.Plant("key that is none", "canary-no-public-key")}",
        ];
        string[][] wrong =
        [
            ["--Web:Url=not an address"],
            ["--Nothing:Known=1"],
            ["--Chat:Discord:Unknown=1"],
            [
                $"--Summarising:Endpoint=http://user:{canaries.Plant("password of the model", "canary-model-pass")}@127.0.0.1/v1",
            ],
            [
                $"--Web:PublicUrl=https://user:{canaries.Plant("password of an address", "canary-url-pass")}@news.example",
            ],
            ["--data", "/dev/null"],
        ];
        foreach (var more in wrong)
        {
            using var output = new StringWriter();
            Output.Capture(output, output);
            await ServeCommand.RunAsync([.. secrets, .. more]);
            await Doctor.RunAsync([.. secrets, .. more], Stop);
            canaries.Write($"a start with {more[0]}", output.ToString());
        }

        foreach (var words in new string[][] { ["help"], ["help", "token"], ["--help"], ["nonsense"] })
        {
            using var output = new StringWriter();
            Output.Capture(output, output);
            await CommandLineDoor.RunAsync([.. secrets, .. words], _ => Task.FromResult(0));
            canaries.Write($"newsbot {words[0]}", output.ToString());
        }

        canaries.AssertHidden();
    }

    // Feeds with a login, with one in their address, with a secret in their query, and some that answer with what they were sent.
    private static async Task FeedsAsync(SignInRig rig, FakeFeedSite site, EchoingServer echo, Canaries canaries)
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

    // A story on both platforms, copies with their webhook, interactions with their tokens.
    private static async Task TalkAsync(SignInRig rig, Canaries canaries)
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

    // Sessions, codes that join two names, tokens of programs.
    private static async Task PeopleAsync(SignInRig rig, Canaries canaries)
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

    // All that tells of how the newsroom is, and all that hands out what it has.
    private static async Task LookAsync(SignInRig rig, Canaries canaries)
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

    private static async Task AskAsync(
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
