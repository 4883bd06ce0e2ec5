using System.Globalization;
using System.Text.Json;
using NewsBot.Core.Stories;
using NewsBot.Tests.Discord.Listening;

namespace NewsBot.Tests.Journeys;

/// <summary>The reference discussion, held by people in Discord: partly beside the card, partly in its thread.</summary>
public sealed class DiscordScenarioTests
{
    private static readonly (string Human, string Shown, int Parent)[] Replies =
    [
        ("Inês", "Inês", 0),
        ("Tomasz", "Tomek", 0),
        ("saga_w", "Saga Wiklund", 1),
        ("Kofi", "Kofi", 1),
        ("Marguerite", "Marguerite", 0),
        ("ליאור", "ליאור", 0),
        ("Inês", "Inês", 6),
        ("Tomasz", "Tomek", 6),
    ];

    [Fact]
    public async Task Eight_replies_in_Discord_stand_in_thread_order_also_after_a_restart()
    {
        await using var running = await ConnectedNewsroom.StartAsync();
        var channel = running.Server.Channels.Text;
        var (story, card) = await running.CardAsync(channel);

        var messages = await WriteAsync(running, channel, card);
        await running.Server.Human("Kofi").DeleteAsync(channel, messages[4], TestContext.Current.CancellationToken);
        await running.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted'", 1);
        var before = await running.CommentsAsync(story);
        await running.Newsroom.RestartAsync();
        var after = await running.CommentsAsync(story);

        AssertScenario(before);
        Assert.Equal([1, 3, 4, 2, 5, 6, 7, 8], await PageNumbersAsync(running, story));
        Assert.Equal(before.Select(comment => comment.GetRawText()), after.Select(comment => comment.GetRawText()));
    }

    /// <summary>Answers to the story go into its thread as soon as there is one; those to the first reply beside the card.</summary>
    private static async Task<Dictionary<int, ulong>> WriteAsync(ConnectedNewsroom running, ulong channel, ulong card)
    {
        Dictionary<int, ulong> messages = [];
        for (var i = 0; i < Replies.Length; i++)
        {
            var (human, _, parent) = Replies[i];
            var place = i == 0 || parent == 1 ? channel : card;
            var answered =
                parent > 0 ? messages[parent]
                : place == channel ? card
                : (ulong?)null;
            messages[i + 1] = await running
                .Server.Human(human)
                .SayAsync(place, $"Reply {i + 1}", answered, TestContext.Current.CancellationToken);
            await running.UntilCommentsAsync(i + 1);
            await running.UntilAsync("SELECT COUNT(*) FROM thread WHERE state = 'open'", 1);
        }

        return messages;
    }

    private static void AssertScenario(IReadOnlyList<JsonElement> comments)
    {
        Assert.Equal([1, 3, 4, 2, 5, 6, 7, 8], comments.Select(comment => comment.GetProperty("number").GetInt32()));
        foreach (var comment in comments)
        {
            var number = comment.GetProperty("number").GetInt32();
            Assert.Equal(Replies[number - 1].Parent, comment.GetProperty("parent").GetInt32());
            if (number == 4)
            {
                Assert.Equal("deleted", comment.GetProperty("state").GetString());
                Assert.Equal(JsonValueKind.Null, comment.GetProperty("author").ValueKind);
                continue;
            }

            var author = comment.GetProperty("author");
            var (human, shown, _) = Replies[number - 1];
            Assert.Equal(shown, author.GetProperty("name").GetString());
            Assert.Equal(Replies.Count(reply => reply.Human == human), author.GetProperty("posts").GetInt32());
            Assert.Equal("joined", author.GetProperty("memberSince").GetProperty("kind").GetString());
            Assert.Equal($"Reply {number}", comment.GetProperty("text").GetString());
        }
    }

    private static async Task<IReadOnlyList<int>> PageNumbersAsync(ConnectedNewsroom running, StoryId story)
    {
        var html = await running.Newsroom.Http.GetStringAsync(
            new Uri($"/stories/{story.Value}", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(
            html,
            TestContext.Current.CancellationToken
        );
        return
        [
            .. document
                .QuerySelectorAll("li.c")
                .Select(item => int.Parse(item.GetAttribute("value")!, CultureInfo.InvariantCulture)),
        ];
    }
}
