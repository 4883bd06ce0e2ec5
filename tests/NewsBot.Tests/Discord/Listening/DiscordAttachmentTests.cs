using System.Net;
using System.Text;
using SkiaSharp;

namespace NewsBot.Tests.Discord.Listening;

/// <summary>Files that people send along.</summary>
public sealed class DiscordAttachmentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_copied_and_shown_another_file_is_named_and_both_go_with_their_comment()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (story, card) = await running.CardAsync(channel);
        var human = running.Server.Human("Kofi");
        await human.SayAsync(channel, "Look", card, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", 1);

        var picture = await human.SendFileAsync(card, "", "bridge.png", "image/png", Png(), Token);
        await human.SendFileAsync(card, "", "plan <b>.pdf", "application/pdf", Encoding.ASCII.GetBytes("%PDF"), Token);
        await running.UntilAsync("SELECT COUNT(*) FROM attachment WHERE state = 'kept'", 1);
        await running.UntilAsync("SELECT COUNT(*) FROM attachment WHERE state = 'named'", 1);
        var address = new Uri(
            $"/attachments/{await running.WordAsync("SELECT id FROM attachment WHERE state = 'kept'")}",
            UriKind.Relative
        );
        using var shown = await running.Newsroom.Http.GetAsync(address, Token);
        var page = await running.Newsroom.Http.GetStringAsync(
            new Uri($"/stories/{story.Value}", UriKind.Relative),
            Token
        );
        await human.DeleteAsync(card, picture, Token);
        await running.UntilAsync("SELECT COUNT(*) FROM attachment WHERE state = 'kept'", 0);
        using var gone = await running.Newsroom.Http.GetAsync(address, Token);

        Assert.Equal("image/webp", shown.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"src=\"{address}\"", page, StringComparison.Ordinal);
        Assert.Contains("(4 bytes) was attached in Discord", page, StringComparison.Ordinal);
        Assert.DoesNotContain("plan <b>", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static byte[] Png()
    {
        using var bitmap = new SKBitmap(40, 30);
        bitmap.Erase(SKColors.SteelBlue);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
