using System.Globalization;
using System.Text.RegularExpressions;
using NewsBot.Chat;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Storage;

namespace NewsBot.Tests.Mirroring;

/// <summary>Discussions as nobody means them to be.</summary>
public sealed partial class BadInputTests : IAsyncLifetime
{
    private MirrorDesk _desk = null!;

    [Fact]
    public async Task Ten_thousand_comments_at_once_are_numbered_without_a_gap_and_told_in_one_message()
    {
        const int Many = 10_000;
        var (discord, slack) = (_desk.Channel(Platform.Discord, "news"), _desk.Channel(Platform.Slack, "talk"));
        var (ines, bo) = (_desk.News.Member(), _desk.News.Member("Bo"));
        var story = _desk.News.Story();
        await _desk.CardAsync(story, discord, slack);

        await _desk.News.OutboxAsync(async connection =>
        {
            for (var number = 1; number <= Many; number++)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"Text {number}");
                await CommentLedger.ApplyAsync(
                    connection,
                    new ReplyEvent.Created(
                        discord,
                        string.Create(CultureInfo.InvariantCulture, $"d{number}"),
                        number,
                        story,
                        number % 3 == 0 ? number - 1 : 0,
                        ines.Id,
                        text
                    ),
                    _desk.Now
                );
            }
        });
        await _desk.SendAsync();
        await _desk.SayAsync(discord, story, bo, "last", "Is anybody still here?", parent: 5_000);
        await _desk.SendAsync();

        Assert.Equal(
            [
                "10000 more from #1, no page",
                "#10001 Bo (Discord) to #5000 Inês “Text 5000” at -: Is anybody still here?",
            ],
            _desk.Shown(slack)
        );
        Assert.Equal(
            Many + 1,
            _desk.News.Number("SELECT COUNT(DISTINCT number) FROM comment WHERE number BETWEEN 1 AND 10001")
        );
        Assert.Equal(Many + 1, _desk.News.Number("SELECT comment_count FROM story"));
    }

    [Fact]
    public async Task One_person_in_two_workspaces_stands_in_each_once_and_is_muted_in_both_once_known_to_be_one()
    {
        var first = _desk.Channel(Platform.Discord, "harbour", workspace: "First");
        var second = _desk.Channel(Platform.Discord, "quay", workspace: "Second");
        var story = _desk.News.Story();
        await _desk.CardAsync(story, first, second);

        // Messages of different channels may bear the same id.
        await _desk.SayAsync(first, story, await KofiAsync("First"), "1", "Who pays for it?");
        await _desk.SayAsync(second, story, await KofiAsync("Second"), "1", "Who pays for it?");
        await _desk.SendAsync();
        Assert.Equal(["#2 Kofi (Second): Who pays for it?"], _desk.Shown(first));
        Assert.Equal(["#1 Kofi (First): Who pays for it?"], _desk.Shown(second));

        var code = Code().Match(await _desk.DoAsync("/news me link", await KofiAsync("First"))).Value;
        await _desk.DoAsync($"/news me link {code}", await KofiAsync("Second"));
        Assert.Equal(await KofiAsync("First"), await KofiAsync("Second"));
        Assert.Contains(
            "2 comments",
            await _desk.DoAsync("/news me", await KofiAsync("Second")),
            StringComparison.Ordinal
        );

        await _desk.DoAsync("/news mute Kofi 1 hour");
        await _desk.SayAsync(second, story, await KofiAsync("Second"), "2", "Nobody?");
        await _desk.SendAsync();
        Assert.Equal(["#2 Kofi (Second): Who pays for it?"], _desk.Shown(first));
        Assert.Equal(["#1 Kofi (First): Who pays for it?"], _desk.Shown(second));
    }

    public async ValueTask InitializeAsync() => _desk = await MirrorDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    /// <summary>One account of Discord, as a guild shows it.</summary>
    private Task<Member> KofiAsync(string guild) =>
        _desk.News.Database.WriteAsync(
            async connection =>
                await ChatMembers.KeepAsync(
                    connection,
                    (await ChatPlaces.Discord.FindAsync(connection, guild))!,
                    "4242",
                    new ChatProfile("Kofi"),
                    _desk.Now
                ),
            TestContext.Current.CancellationToken
        );

    [GeneratedRegex("[a-z2-9]{4}-[a-z2-9]{4}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Code();
}
