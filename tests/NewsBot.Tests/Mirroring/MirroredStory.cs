using NewsBot.Core.Channels;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;

namespace NewsBot.Tests.Mirroring;

/// <summary>A story on cards in a Discord channel and a Slack channel that mirror each other, and two people.</summary>
public abstract class MirroredStory : IAsyncLifetime
{
    private protected MirrorDesk Desk { get; private set; } = null!;

    private protected ChannelId InDiscord { get; private set; }

    private protected ChannelId InSlack { get; private set; }

    private protected StoryId Story { get; private set; }

    private protected Member Ines { get; private set; } = null!;

    private protected Member Bo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Desk = await MirrorDesk.OpenAsync();
        InDiscord = Desk.Channel(Platform.Discord, "news");
        InSlack = Desk.Channel(Platform.Slack, "talk");
        Story = Desk.News.Story();
        Ines = Desk.News.Member();
        Bo = Desk.News.Member("Bo");
        await Desk.CardAsync(Story, InDiscord, InSlack);
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
