using System.Net;
using System.Text.Json;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Journeys;

/// <summary>Eight replies by six members, some answering others, one deleted: the discussion everything else builds on.</summary>
public sealed class ReferenceScenarioTests
{
    private static readonly (string Author, int Parent)[] Replies =
    [
        ("Inês", 0),
        ("Tomasz", 0),
        ("saga_w", 1),
        ("Kofi", 1),
        ("Marguerite", 0),
        ("ליאור", 0),
        ("Inês", 6),
        ("Tomasz", 6),
    ];

    [Fact]
    public async Task Eight_replies_stand_in_thread_order_with_their_authors_facts_also_after_a_restart()
    {
        await using var newsroom = await RunningNewsroom.StartAsync();
        var card = await newsroom.FirstCardAsync();
        var story = card.GetProperty("storyId").GetString()!;

        var messages = await WriteAsync(newsroom, card.GetProperty("id").GetString()!);
        using var deleted = await newsroom.Http.DeleteAsync(
            $"/api/v1/channels/1/messages/{messages[4]}?author=Kofi",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        var before = await newsroom.GetAsync($"/api/v1/stories/{story}/comments");
        var pageBefore = await PageNumbersAsync(newsroom, story);
        await newsroom.RestartAsync();
        var after = await newsroom.GetAsync($"/api/v1/stories/{story}/comments");

        AssertScenario(before);
        Assert.Equal(before.GetRawText(), after.GetRawText());
        Assert.Equal([1, 3, 4, 2, 5, 6, 7, 8], pageBefore);
        Assert.Equal(pageBefore, await PageNumbersAsync(newsroom, story));
    }

    [Fact]
    public async Task A_restart_posts_nothing_again()
    {
        await using var newsroom = await RunningNewsroom.StartAsync();
        var before = await SettledAsync(newsroom);

        await newsroom.RestartAsync();
        // A full round of every job has passed once a new reply has come through.
        await newsroom.SayAsync("Inês", "Still here", before[^1].Id);
        var after = await SettledAsync(newsroom);

        Assert.Equal(before, after.Where(message => message.Text != "Still here"));
        Assert.Contains(before, message => message.Text.Contains("in #news", StringComparison.Ordinal));
    }

    private static async Task<Dictionary<int, string>> WriteAsync(RunningNewsroom newsroom, string card)
    {
        Dictionary<int, string> messages = new() { [0] = card };
        for (var i = 0; i < Replies.Length; i++)
        {
            var (author, parent) = Replies[i];
            var message = await newsroom.SayAsync(author, $"Reply {i + 1}", messages[parent]);
            Assert.Equal(i + 1, message.GetProperty("number").GetInt32());
            messages[i + 1] = message.GetProperty("id").GetString()!;
        }

        return messages;
    }

    private static void AssertScenario(JsonElement page)
    {
        var comments = page.GetProperty("comments").EnumerateArray().ToList();
        Assert.Equal([1, 3, 4, 2, 5, 6, 7, 8], comments.Select(comment => comment.GetProperty("number").GetInt32()));
        foreach (var comment in comments)
        {
            var number = comment.GetProperty("number").GetInt32();
            Assert.Equal(Replies[number - 1].Parent, comment.GetProperty("parent").GetInt32());
            if (number == 4)
            {
                Assert.Equal("deleted", comment.GetProperty("state").GetString());
                Assert.Equal(JsonValueKind.Null, comment.GetProperty("text").ValueKind);
                Assert.Equal(JsonValueKind.Null, comment.GetProperty("author").ValueKind);
                continue;
            }

            var author = comment.GetProperty("author");
            var name = Replies[number - 1].Author;
            Assert.Equal(name, author.GetProperty("name").GetString());
            Assert.Equal($"Reply {number}", comment.GetProperty("text").GetString());
            Assert.Equal(Replies.Count(reply => reply.Author == name), author.GetProperty("posts").GetInt32());
            Assert.Equal("joined", author.GetProperty("memberSince").GetProperty("kind").GetString());
        }
    }

    private static async Task<IReadOnlyList<int>> PageNumbersAsync(RunningNewsroom newsroom, string story)
    {
        var html = await newsroom.Http.GetStringAsync($"/stories/{story}", TestContext.Current.CancellationToken);
        var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(
            html,
            TestContext.Current.CancellationToken
        );
        return [.. document.QuerySelectorAll("li.c").Select(item => int.Parse(item.GetAttribute("value")!, null))];
    }

    /// <summary>The channel once the welcome digest and the welcome below it have been posted.</summary>
    private static Task<List<(string Id, string Text)>> SettledAsync(RunningNewsroom newsroom) =>
        RunningNewsroom.UntilAsync(async () =>
        {
            var page = await newsroom.GetAsync("/api/v1/channels/1/messages?limit=200");
            var messages = page.GetProperty("messages")
                .EnumerateArray()
                .Select(message => (message.GetProperty("id").GetString()!, message.GetProperty("text").GetString()!))
                .ToList();
            // The welcome stands below the digest.
            return messages.Exists(message => message.Item2.StartsWith("**Welcome", StringComparison.Ordinal))
                ? messages
                : null;
        });
}
