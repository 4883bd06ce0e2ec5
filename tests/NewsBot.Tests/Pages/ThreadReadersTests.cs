using System.Globalization;

namespace NewsBot.Tests.Pages;

/// <summary>Who writes in a thread of the built-in chat sees who else reads it.</summary>
public sealed class ThreadReadersTests(PublishedServer server) : IClassFixture<PublishedServer>
{
    [Theory]
    [InlineData("public", "where everybody can read them.")]
    [InlineData("members", "on the web for members who sign in.")]
    [InlineData("off", null)]
    public async Task The_thread_says_where_replies_appear(string publication, string? words)
    {
        var channel = server.Newsroom.Channel($"read-{publication}", publication);
        var story = server.Newsroom.Story(channel, [server.Newsroom.Source()], "A story");
        var path = string.Create(CultureInfo.InvariantCulture, $"/chat/read-{publication}?story={story}");

        var (_, page) = await server.GetAsync("chatter", path);

        Assert.Contains("A story", page, StringComparison.Ordinal);
        Assert.Equal(words is not null, page.Contains("Replies here appear on", StringComparison.Ordinal));
        Assert.Contains(words ?? "", page, StringComparison.Ordinal);
    }
}
