using NewsBot.Testing.Newsrooms;
using SkiaSharp;

namespace NewsBot.Tests.Slack.Listening;

/// <summary>Files that people share in Slack.</summary>
public sealed class SlackAttachmentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_copied_with_the_bots_token_and_what_only_says_to_be_one_is_named()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Inês");

        await human.ShareFileAsync(channel, "Look", "bridge.png", Png(), card, Token);
        await human.ShareFileAsync(channel, "", "broken.png", "no picture"u8.ToArray(), card, Token);

        await room.Newsroom.UntilCommentsAsync(2);
        await room.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM attachment WHERE name = 'bridge.png' AND state = 'kept' AND width = 40",
            1
        );
        await room.Newsroom.UntilAsync(
            "SELECT COUNT(*) FROM attachment WHERE name = 'broken.png' AND state = 'named' AND bytes IS NULL",
            1
        );
    }

    [Fact]
    public async Task A_deleted_reply_takes_its_files_along()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (_, card) = await room.CardAsync(channel);
        var human = room.Slack.Human("Inês");
        var message = await human.ShareFileAsync(channel, "Look", "bridge.png", Png(), card, Token);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM attachment WHERE state = 'kept'", 1);

        await human.DeleteAsync(channel, message, Token);

        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM attachment", 0);
    }

    private static byte[] Png()
    {
        using var bitmap = new SKBitmap(40, 30);
        bitmap.Erase(SKColors.Teal);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
