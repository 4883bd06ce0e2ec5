namespace NewsBot.Tests.Discord.Publishing;

/// <summary>Announcement channels publish what an admin wants published, once.</summary>
public sealed class DiscordCrosspostTests : IAsyncLifetime
{
    private PublishingDesk _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cards_are_published_once_in_their_order()
    {
        Announce();
        await _desk.CardAsync(_desk.Channel, "One");
        await _desk.CardAsync(_desk.Channel, "Two");
        await _desk.NoticeAsync(_desk.Channel, "Only a notice");
        await _desk.SendAsync();

        for (var i = 0; i < 4; i++)
        {
            await _desk.Crossposts.RunAsync(Token);
        }

        Assert.Equal(
            _desk.Discord.Messages.Take(2).Select(message => (string)message["id"]!),
            Crossposted().Select(call => call.Split('/')[4])
        );
    }

    [Fact]
    public async Task A_refusal_is_tried_again_and_one_that_says_it_is_done_is_not()
    {
        Announce();
        await _desk.CardAsync(_desk.Channel, "One");
        await _desk.SendAsync();
        _desk.Discord.Refuse("POST /channels/1001/messages/", 403, 50013);
        _desk.Discord.Refuse("POST /channels/1001/messages/", 400, 40033);

        await _desk.Crossposts.RunAsync(Token);
        await _desk.Crossposts.RunAsync(Token);
        Assert.Single(Crossposted());

        _desk.Desk.Time.Advance(TimeSpan.FromMinutes(5));
        await _desk.Crossposts.RunAsync(Token);
        _desk.Desk.Time.Advance(TimeSpan.FromMinutes(5));
        await _desk.Crossposts.RunAsync(Token);
        Assert.Equal(2, Crossposted().Count());
    }

    [Fact]
    public async Task Nothing_is_published_where_nobody_asked_for_it()
    {
        await _desk.CardAsync(_desk.Channel, "One");
        await _desk.SendAsync();

        Assert.Equal(0, await _desk.Crossposts.RunAsync(Token));
        Assert.Empty(Crossposted());
    }

    public async ValueTask InitializeAsync() => _desk = await PublishingDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private void Announce() =>
        _desk.Desk.Run(
            "UPDATE channel SET kind = 'announcement', crosspost = 1 WHERE workspace_id = 50 AND name = 'news'"
        );

    private IEnumerable<string> Crossposted() =>
        _desk.Discord.Calls.Where(call => call.EndsWith("/crosspost", StringComparison.Ordinal));
}
