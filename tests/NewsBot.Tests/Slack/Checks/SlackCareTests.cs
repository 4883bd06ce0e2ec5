using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Time;

namespace NewsBot.Tests.Slack.Checks;

/// <summary>The whole program beside an emulated Slack: what an admin mends there is enough.</summary>
public sealed class SlackCareTests
{
    // Minutes of the program pass in seconds.
    private const double Hurry = 20;

    [Fact]
    public async Task An_invitation_is_enough_for_what_waited_to_be_posted()
    {
        await using var room = await SlackNewsroom.StartAsync(
            new FakeSlackOptions { Limits = FakeLimits.Unlimited(), Time = new HurriedTime(Hurry) }
        );
        var place = room.Slack.Driver.AddChannel("desk", isPrivate: true);
        var story = await room.StoryAsync("Bridge opens", await room.ChannelAsync(place));
        await RunningNewsroom.UntilAsync(async () =>
            (await StatusAsync(room)).Contains("/invite", StringComparison.Ordinal) ? "told" : null
        );
        Assert.Empty(room.FindCards(story));

        room.Slack.Driver.Invite(place);

        Assert.Equal(place, Assert.Single(await room.CardsAsync(story)).Channel);
        await RunningNewsroom.UntilAsync(async () =>
            (await StatusAsync(room)).Contains("/invite", StringComparison.Ordinal) ? null : "over"
        );
    }

    [Fact]
    public async Task The_status_page_shows_slack()
    {
        await using var room = await SlackNewsroom.StartAsync();

        var page = await StatusAsync(room);

        Assert.Contains("Slack", page, StringComparison.Ordinal);
        Assert.Contains("in 1 workspace", page, StringComparison.Ordinal);
    }

    private static Task<string> StatusAsync(SlackNewsroom room) =>
        room.Newsroom.Http.GetStringAsync(new Uri("/status", UriKind.Relative), TestContext.Current.CancellationToken);
}
