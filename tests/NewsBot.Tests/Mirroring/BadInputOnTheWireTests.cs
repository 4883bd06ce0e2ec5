using System.Globalization;
using System.Text;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Time;
using NewsBot.Tests.Slack.Publishing;
using DiscordFaults = NewsBot.Testing.Servers.FakeDiscord.Faults;
using SlackFaults = NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Tests.Mirroring;

/// <summary>Words and limits that no platform likes, between the built-in chat and both platforms as they speak to each other.</summary>
public sealed class BadInputOnTheWireTests : IAsyncLifetime
{
    // Longer than any test.
    private static readonly TimeSpan Exhausted = TimeSpan.FromHours(1);

    private JoinedNewsroom _room = null!;
    private string _webChannel = "";
    private string _webCard = "";
    private long _story;

    [Theory]
    [InlineData("שלום עולם")]
    [InlineData("\u202Eevil\u202C مرحبا")]
    [InlineData("👩‍👩‍👧‍👦 Ana 🏳️‍🌈")]
    public async Task A_comment_of_every_emoji_by_whatever_name_stands_once_on_every_side(string name)
    {
        var text = EveryEmoji();

        await SayAsync(name, $"start {text}");
        await SayAsync("Bo", "end");
        await RunningNewsroom.UntilAsync(() => Task.FromResult(AtDiscordCount("end") == 1 ? "there" : null));
        await RunningNewsroom.UntilAsync(() => Task.FromResult(AtSlackCount("end") == 1 ? "there" : null));

        Assert.Equal(1, AtDiscordCount("start"));
        Assert.Equal(1, AtSlackCount("start"));
        Assert.Contains(
            "🦊🦋",
            DiscordTexts().Single(one => one.Contains("start", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "🦊🦋",
            SlackTexts().Single(one => one.Contains("start", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.All(
            [.. DiscordTexts(), .. SlackTexts()],
            // A pair that was cut in the middle does not come back from the wire.
            one => Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(one)))
        );
        Assert.Equal(2, await _room.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment"));
    }

    [Fact]
    public async Task While_Discord_takes_no_copies_Slack_and_the_chat_do_not_wait()
    {
        _room.Discord.Discord.Faults.Add(
            new DiscordFaults.FakeFaultRule(DiscordFaults.FakeFaultKind.User)
            {
                Route = "/webhooks/{webhook}/{token}",
                RetryAfter = Exhausted,
                Count = 100,
            }
        );

        for (var number = 1; number <= 5; number++)
        {
            await SayAsync("Nora", string.Create(CultureInfo.InvariantCulture, $"From the web {number}x"));
            await AtSlackAsync($"From Slack {number}x");
        }

        await RunningNewsroom.UntilAsync(() => Task.FromResult(AtSlackCount("From the web 5x") == 1 ? "there" : null));
        await OnWebAsync("From Slack 5x");
        Assert.Equal(0, AtDiscordCount("From"));
    }

    [Fact]
    public async Task While_Slack_takes_no_messages_Discord_and_the_chat_do_not_wait()
    {
        _room.Slack.Slack.Faults.Add(
            new SlackFaults.FakeFaultRule(SlackFaults.FakeFaultKind.RateLimited)
            {
                Method = "chat.postMessage",
                RetryAfter = Exhausted,
                Count = 100,
            }
        );

        for (var number = 1; number <= 5; number++)
        {
            await SayAsync("Nora", string.Create(CultureInfo.InvariantCulture, $"From the web {number}x"));
            await AtDiscordAsync($"From Discord {number}x");
        }

        await RunningNewsroom.UntilAsync(() =>
            Task.FromResult(AtDiscordCount("From the web 5x") == 1 ? "there" : null)
        );
        await OnWebAsync("From Discord 5x");
        Assert.Equal(0, AtSlackCount("From"));
    }

    public async ValueTask InitializeAsync()
    {
        var time = new HurriedTime(10);
        _room = await JoinedNewsroom.StartAsync(
            new FakeDiscordOptions { Time = time },
            new FakeSlackOptions { Time = time }
        );
        var discord = await _room.Discord.ChannelAsync(_room.Discord.Discord.Driver.AddChannel(0, "harbour"));
        var slack = await _room.Slack.ChannelAsync(_room.Slack.Slack.Driver.AddChannel("harbour", withBot: true));
        var web = await _room.WebChannelAsync("harbour");
        await _room.MirrorAsync(discord, slack, web);
        _story = await _room.Discord.StoryAsync("Harbour bridge opens", discord, slack, web);
        _webChannel = web.ToString(CultureInfo.InvariantCulture);
        _webCard = (await _room.Newsroom.FirstCardAsync(_webChannel)).GetProperty("id").GetString()!;
        await _room.Newsroom.UntilAsync("SELECT COUNT(*) FROM post WHERE operation = 'create' AND state <> 'sent'", 0);
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    // All that Unicode knows as one code point, then a family, a flag, a skin and a key, which are several.
    private static string EveryEmoji()
    {
        var single = Enumerable
            .Range(0x2600, 0x100)
            .Concat(Enumerable.Range(0x1F300, 0x400))
            .Concat(Enumerable.Range(0x1F900, 0x100))
            .Where(point => Rune.GetUnicodeCategory(new Rune(point)) is UnicodeCategory.OtherSymbol);
        return $"🦊🦋👨‍👩‍👧‍👦🇵🇹👍🏽#️⃣{string.Concat(single.Select(char.ConvertFromUtf32))}";
    }

    private Task SayAsync(string author, string text) => _room.Newsroom.SayAsync(author, text, _webCard, _webChannel);

    private async Task AtSlackAsync(string text)
    {
        var card = (await _room.Slack.CardsAsync(_story))[0];
        await _room
            .Slack.Slack.Human("Kofi")
            .SayAsync(card.Channel, text, card.Ts, TestContext.Current.CancellationToken);
    }

    private async Task AtDiscordAsync(string text)
    {
        var card = (await _room.Discord.CardsAsync(_story))[0];
        await _room
            .Discord.Discord.Human("Kofi")
            .SayAsync(card.Channel, text, card.Message, TestContext.Current.CancellationToken);
    }

    private Task OnWebAsync(string words) =>
        RunningNewsroom.UntilAsync(() =>
            _room.Newsroom.WordAsync(
                """
                SELECT w.id FROM web_message w JOIN comment c ON w.post_key = 'comment:' || c.id || '/0'
                WHERE w.channel_id = @_webChannel AND c.body = @words
                """,
                new { _webChannel, words }
            )
        );

    private int AtDiscordCount(string words) =>
        DiscordTexts().Count(text => text.Contains(words, StringComparison.Ordinal));

    private int AtSlackCount(string words) =>
        SlackTexts().Count(text => text.Contains(words, StringComparison.Ordinal));

    private List<string> DiscordTexts()
    {
        var state = _room.Discord.Discord.State;
        lock (state.Sync)
        {
            return
            [
                .. state
                    .World.Messages.Values.SelectMany(messages => messages.Values)
                    .Where(message => message.WebhookId is not null)
                    .Select(message => message.Content),
            ];
        }
    }

    private List<string> SlackTexts()
    {
        var card = _room.Slack.FindCards(_story)[0];
        return
        [
            .. _room
                .Slack.Slack.State.Messages(card.Channel)
                .Where(message => message["bot_id"] is not null && message["ts"]!.ToString() != card.Ts)
                .Select(message => SlackCopyStage.Words(message["blocks"])),
        ];
    }
}
