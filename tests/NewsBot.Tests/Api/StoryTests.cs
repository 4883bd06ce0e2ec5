using System.Net;
using System.Text.Json;

namespace NewsBot.Tests.Api;

/// <summary>Stories and comments of the API.</summary>
public sealed class StoryTests(ApiNewsroom newsroom) : IClassFixture<ApiNewsroom>
{
    [Fact]
    public async Task A_story_has_every_promised_field_and_its_page_can_be_reached()
    {
        var room = await newsroom.RoomAsync();
        await newsroom.SayAsync(
            room,
            new
            {
                author = "Ada",
                text = "A reply",
                replyTo = room.Card,
            }
        );

        var story = (await newsroom.SendAsync(HttpMethod.Get, $"/api/v1/stories/{room.Story}"))
            .Is(HttpStatusCode.OK)
            .Json;
        var page = (await newsroom.SendAsync(HttpMethod.Get, "/api/v1/stories?limit=200")).Is(HttpStatusCode.OK).Json;

        Assert.Equal(
            "id:String headline:String url:String summary:String sources:Array commentCount:Number createdAt:String page:String",
            story.Shape()
        );
        Assert.Equal("name:String url:String", story.List("sources")[0].Shape());
        Assert.Equal(1, story.GetProperty("commentCount").GetInt32());
        Assert.StartsWith(newsroom.Running.Http.BaseAddress!.ToString(), story.Text("page"));
        (await newsroom.SendAsync(HttpMethod.Get, story.Text("page"))).Is(HttpStatusCode.OK);
        Assert.Equal("stories:Array next:Null", page.Shape());
        var ids = page.List("stories").Select(found => long.Parse(found.Text("id"), null)).ToList();
        Assert.Equal(ids.OrderDescending(), ids);
    }

    [Fact]
    public async Task Stories_come_newest_first_in_pages_that_newer_ones_do_not_shift()
    {
        var channel = newsroom.Builder.Channel("pages-of-stories");
        var source = newsroom.Builder.Source("Pages of stories");
        for (var i = 0; i < 55; i++)
        {
            newsroom.Builder.Story(channel, [source], $"Zweiundfünfzig {i}");
        }

        var first = (await newsroom.SendAsync(HttpMethod.Get, "/api/v1/stories?q=zweiundfunfzig")).Json;
        newsroom.Builder.Story(channel, [source], "Zweiundfünfzig late");
        var second = (
            await newsroom.SendAsync(HttpMethod.Get, $"/api/v1/stories?q=zweiundfunfzig&after={first.Text("next")}")
        ).Json;

        var seen = first.List("stories").Concat(second.List("stories")).Select(story => story.Text("headline"));
        Assert.Equal(50, first.List("stories").Count);
        Assert.Equal(Enumerable.Range(0, 55).Reverse().Select(i => $"Zweiundfünfzig {i}"), seen);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("ministerio", true)]
    [InlineData("MINISTÉRIO", true)]
    [InlineData("ministe\u0301rio", true)]
    [InlineData("minist", true)]
    [InlineData("ministério saúde", true)]
    [InlineData("viaducts", true)]
    [InlineData("\"ministério\"", true)]
    [InlineData("ministério*", true)]
    [InlineData("ministério zebra", false)]
    [InlineData("\"", false)]
    [InlineData("*", false)]
    [InlineData("NEAR(", false)]
    [InlineData("a AND", false)]
    [InlineData("headline:ministério ^", false)]
    [InlineData("ministério OR zebra", false)]
    [InlineData("' ; DROP TABLE story; --", false)]
    [InlineData("-ministério", true)]
    [InlineData("{}[]()+^~:", false)]
    [InlineData("\0", false)]
    [InlineData("🦓", false)]
    public async Task Search_finds_words_of_headline_and_summary_and_no_query_is_an_error(string query, bool isFound)
    {
        var channel = newsroom.Builder.Channel($"search-{Guid.CreateVersion7(newsroom.Builder.Now):N}");
        var story = newsroom.Builder.Story(
            channel,
            [newsroom.Builder.Source($"Search {channel}")],
            "O Ministério da Saúde anuncia",
            ["It spoke of viaducts."]
        );

        var found = await newsroom.SendAsync(
            HttpMethod.Get,
            $"/api/v1/stories?limit=200&q={Uri.EscapeDataString(query)}"
        );

        var ids = found.Is(HttpStatusCode.OK).Json.List("stories").Select(one => one.Text("id"));
        Assert.Equal(isFound, ids.Contains(story.ToString(null, null)));
    }

    [Fact]
    public async Task A_query_of_any_length_is_answered()
    {
        var many = string.Join("%20", Enumerable.Range(0, 1_000).Select(i => $"w{i}"));

        (await newsroom.SendAsync(HttpMethod.Get, $"/api/v1/stories?q={many}")).Is(HttpStatusCode.OK);
        (await newsroom.SendAsync(HttpMethod.Get, $"/api/v1/stories?q={new string('x', 6_000)}")).Is(HttpStatusCode.OK);
        (await newsroom.SendAsync(HttpMethod.Get, "/api/v1/stories?q=%ED%A0%80%FF")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_comment_has_every_promised_field()
    {
        var room = await newsroom.RoomAsync();
        var root = (
            await newsroom.SayAsync(
                room,
                new
                {
                    author = "Wanda",
                    text = "Root",
                    replyTo = room.Card,
                }
            )
        ).Json;
        await newsroom.SayAsync(
            room,
            new
            {
                author = "Wanda",
                text = "Reply",
                replyTo = root.Text("id"),
            }
        );

        var page = (await newsroom.SendAsync(HttpMethod.Get, room.Comments)).Is(HttpStatusCode.OK).Json;

        Assert.Equal("comments:Array next:Null", page.Shape());
        var (first, second) = (page.List("comments")[0], page.List("comments")[1]);
        Assert.Equal(
            "number:Number parent:Number author:Object text:String createdAt:String editedAt:Null state:String origin:Object storyId:String",
            first.Shape()
        );
        Assert.Equal("name:String posts:Number memberSince:Object", first.GetProperty("author").Shape());
        Assert.Equal("date:String kind:String", first.GetProperty("author").GetProperty("memberSince").Shape());
        Assert.Equal("joined", first.GetProperty("author").GetProperty("memberSince").Text("kind"));
        Assert.Equal("platform:String channel:String", first.GetProperty("origin").Shape());
        Assert.Equal((0, 1), (first.GetProperty("parent").GetInt32(), second.GetProperty("parent").GetInt32()));
        Assert.Equal(2, second.GetProperty("author").GetProperty("posts").GetInt32());
        Assert.Equal((room.Story, "visible"), (second.Text("storyId"), second.Text("state")));
    }

    [Fact]
    public async Task What_is_deleted_hidden_or_withdrawn_shows_neither_text_nor_author()
    {
        var room = await newsroom.RoomAsync();
        var (story, channel) = (long.Parse(room.Story, null), long.Parse(room.Channel, null));
        var seen = newsroom.Builder.Member("Seen", seenAt: newsroom.Builder.Now.AddDays(-3));
        newsroom.Builder.Comment(story, seen, channel, "secret one", state: "deleted");
        newsroom.Builder.Comment(story, seen, channel, "secret two", parent: 1, state: "hidden");
        var gone = newsroom.Builder.Member("Withdrawn");
        newsroom.Builder.Comment(story, gone, channel, "secret three", parent: 2);
        newsroom.Builder.Run($"UPDATE member SET opted_out_at = 1 WHERE id = {gone}");
        newsroom.Builder.Comment(story, seen, channel, "shown", parent: 3);

        var answer = await newsroom.SendAsync(HttpMethod.Get, room.Comments);

        var comments = answer.Json.List("comments");
        Assert.Equal(["deleted", "hidden", "hidden", "visible"], comments.Select(comment => comment.Text("state")));
        Assert.All(
            comments.Take(3),
            comment =>
                Assert.Equal(
                    (JsonValueKind.Null, JsonValueKind.Null),
                    (comment.GetProperty("text").ValueKind, comment.GetProperty("author").ValueKind)
                )
        );
        Assert.DoesNotContain("secret", answer.Text);
        Assert.Equal("firstSeen", comments[3].GetProperty("author").GetProperty("memberSince").Text("kind"));
        Assert.Equal(
            1,
            (await newsroom.SendAsync(HttpMethod.Get, $"/api/v1/stories/{story}"))
                .Json.GetProperty("commentCount")
                .GetInt32()
        );
    }

    [Theory]
    [InlineData("thread")]
    [InlineData("time")]
    public async Task Comments_are_paged_in_both_orders_and_new_ones_repeat_nothing(string order)
    {
        var room = await newsroom.RoomAsync();
        var (story, channel) = (long.Parse(room.Story, null), long.Parse(room.Channel, null));
        var member = newsroom.Builder.Member($"Many {order}");
        newsroom.Builder.Comments(
            260,
            story,
            [member],
            channel,
            number => $"Comment {number}",
            number => number % 3 == 0 ? number - 2 : 0
        );
        var whole = (await newsroom.SendAsync(HttpMethod.Get, $"{room.Comments}?order={order}&limit=900")).Json;
        var usual = (await newsroom.SendAsync(HttpMethod.Get, $"{room.Comments}?order={order}")).Json;

        List<int> seen = [];
        var after = "0";
        while (after is not null)
        {
            var page = (
                await newsroom.SendAsync(HttpMethod.Get, $"{room.Comments}?order={order}&limit=60&after={after}")
            )
                .Is(HttpStatusCode.OK)
                .Json;
            seen.AddRange(page.List("comments").Select(comment => comment.GetProperty("number").GetInt32()));
            after = page.GetProperty("next").GetString();
            newsroom.Builder.Comment(story, member, channel, "New meanwhile", parent: 1);
        }

        Assert.Equal((200, 50), (whole.List("comments").Count, usual.List("comments").Count));
        Assert.Equal(seen.Distinct(), seen);
        var old = seen.Where(number => number <= 260).ToList();
        Assert.Equal(260, old.Count);
        Assert.Equal(whole.List("comments").Select(comment => comment.GetProperty("number").GetInt32()), old.Take(200));
        Assert.Equal(order == "time" ? [1, 2, 3, 4] : [1, 3, 2, 4], old.Take(4));
    }

    [Fact]
    public async Task An_unpublished_channel_is_shown_to_members_only()
    {
        await using var open = await ApiNewsroom.StartAsync(
            "--Web:PublicUrl=https://news.example.org",
            "--Chat:Web:JoinSecret=opensesame",
            "--Chat:Web:ApiTokens:0:Token=0123456789abcdef",
            "--Chat:Web:ApiTokens:0:Name=Robot"
        );
        var channel = open.Builder.Channel("inner-circle", "members");
        var story = open.Builder.Story(channel, [open.Builder.Source("Inner")]);
        (string, string)[] paths = [("Host", "news.example.org"), ("Authorization", "Bearer 0123456789abcdef")];

        foreach (var path in new[] { $"channels/{channel}/messages", $"stories/{story}", $"stories/{story}/comments" })
        {
            (await open.SendAsync(HttpMethod.Get, $"/api/v1/{path}", null, paths[0])).IsProblem(404);
            (await open.SendAsync(HttpMethod.Get, $"/api/v1/{path}", null, paths)).Is(HttpStatusCode.OK);
        }

        var door = (await open.SendAsync(HttpMethod.Get, $"/chat/inner-circle?story={story}", null, paths[0])).Is(
            HttpStatusCode.OK
        );
        Assert.NotNull(door.Html.QuerySelector("form[action='/chat/name']"));
        Assert.DoesNotContain("Norrvik", door.Text);
        Assert.DoesNotContain(
            "inner-circle",
            (await open.SendAsync(HttpMethod.Get, "/api/v1/channels", null, paths[0])).Text
        );
        Assert.Contains("inner-circle", (await open.SendAsync(HttpMethod.Get, "/api/v1/channels", null, paths)).Text);
        Assert.StartsWith(
            "https://news.example.org/stories/",
            (await open.SendAsync(HttpMethod.Get, $"/api/v1/stories/{story}", null, paths)).Json.Text("page")
        );
    }
}
