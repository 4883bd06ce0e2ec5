using System.Globalization;
using System.Text.Json;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Journeys;

/// <summary>The reference discussion, held by people in the thread of a card in Slack.</summary>
public sealed class SlackScenarioTests
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

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_replies_in_Slack_stand_in_thread_order_also_after_a_restart()
    {
        await using var room = await SlackNewsroom.StartAsync();
        var channel = room.Slack.Channels.Public;
        var (story, card) = await room.CardAsync(channel);

        var messages = await WriteAsync(room, channel, card);
        await room.Slack.Human("Kofi").DeleteAsync(channel, messages[4], Token);
        await room.Newsroom.UntilAsync("SELECT COUNT(*) FROM comment WHERE state = 'deleted'", 1);
        var before = await room.Newsroom.CommentsAsync(story);
        await room.Newsroom.RestartAsync();
        var after = await room.Newsroom.CommentsAsync(story);

        AssertScenario(before);
        Assert.Equal([1, 3, 4, 2, 5, 6, 7, 8], await PageNumbersAsync(room, story));
        Assert.Equal(before.Select(comment => comment.GetRawText()), after.Select(comment => comment.GetRawText()));
    }

    /// <summary>Threads are flat in Slack: who answers a comment names its number.</summary>
    private static async Task<Dictionary<int, string>> WriteAsync(SlackNewsroom room, string channel, string card)
    {
        Dictionary<int, string> messages = [];
        for (var i = 0; i < Replies.Length; i++)
        {
            var (human, _, parent) = Replies[i];
            var prefix = parent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"#{parent} ");
            messages[i + 1] = await room.Slack.Human(human).SayAsync(channel, $"{prefix}Reply {i + 1}", card, Token);
            await room.Newsroom.UntilCommentsAsync(i + 1);
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
            // Slack tells nobody since when somebody is there.
            Assert.Equal("firstSeen", author.GetProperty("memberSince").GetProperty("kind").GetString());
            Assert.Equal($"Reply {number}", comment.GetProperty("text").GetString());
        }
    }

    private static async Task<IReadOnlyList<int>> PageNumbersAsync(SlackNewsroom room, long story)
    {
        var html = await room.Newsroom.Http.GetStringAsync(new Uri($"/stories/{story}", UriKind.Relative), Token);
        var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(html, Token);
        return
        [
            .. document
                .QuerySelectorAll("li.c")
                .Select(item => int.Parse(item.GetAttribute("value")!, CultureInfo.InvariantCulture)),
        ];
    }
}
