using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NewsBot.Cli;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Tests.SignIn;

namespace NewsBot.Tests.Doors;

/// <summary>
/// Secrets of every kind are given to a newsroom by its settings, its commands and the platforms; then everything it wrote
/// is looked through for them, with logs at their wordiest.
/// </summary>
public sealed class SecretTests
{
    private const string Wordy = "--Logging:LogLevel:Default=Trace";

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

        await SecretsInUse.FeedsAsync(rig, site, echo, canaries);
        await SecretsInUse.TalkAsync(rig, canaries);
        await SecretsInUse.PeopleAsync(rig, canaries);
        await SecretsInUse.LookAsync(rig, canaries);
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
        await SecretsInUse.AskAsync(newsroom.Services, canaries, "status");
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

    [Fact]
    public async Task A_secret_that_was_written_is_found_however_it_is_spelled()
    {
        var canaries = new Canaries();
        var secret = canaries.Plant("a password", "canary pass/7391+words");
        await using var newsroom = await RunningNewsroom.StartAsync(Wordy, "--Starter:Enabled=false");
        var log = newsroom.Services.GetRequiredService<ILoggerFactory>().CreateLogger("NewsBot.Careless");

        foreach (
            var spelling in (string[])
                [
                    secret,
                    Uri.EscapeDataString(secret),
                    Convert.ToBase64String(Encoding.UTF8.GetBytes($"reader:{secret}")),
                ]
        )
        {
            log.Log(LogLevel.Trace, default, spelling, null, static (words, _) => $"GET /?login={words} took 3 ms");
        }

        await newsroom.RunAsync("INSERT INTO setting (name, value) VALUES ('careless', @secret)", new { secret });
        foreach (var line in newsroom.Log.Lines)
        {
            canaries.Write("the log", line);
        }

        await canaries.WriteFolderAsync(newsroom.Folder);
        var found = canaries.Found();

        Assert.Equal(3, found.Count(one => one.StartsWith("a password stands in the log:", StringComparison.Ordinal)));
        Assert.Contains(found, one => one.StartsWith("a password stands in newsbot.db", StringComparison.Ordinal));
    }
}
