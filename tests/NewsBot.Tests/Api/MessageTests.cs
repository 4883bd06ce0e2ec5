using System.Net;
using System.Text.Json;

namespace NewsBot.Tests.Api;

/// <summary>Channels and messages of the API.</summary>
public sealed class MessageTests(ApiNewsroom newsroom) : IClassFixture<ApiNewsroom>
{
    [Fact]
    public async Task Channels_are_listed_with_id_name_and_platform()
    {
        var room = await newsroom.RoomAsync();

        var channels = (await newsroom.SendAsync(HttpMethod.Get, "/api/v1/channels")).Is(HttpStatusCode.OK).Json;

        var channel = channels.EnumerateArray().Single(channel => channel.Text("id") == room.Channel);
        Assert.Equal("id:String name:String platform:String", channel.Shape());
        Assert.Equal("web", channel.Text("platform"));
    }

    [Fact]
    public async Task A_card_and_its_replies_have_every_promised_field()
    {
        var room = await newsroom.RoomAsync();
        var created = (
            await newsroom.SayAsync(
                room,
                new
                {
                    author = "Ada",
                    text = "A *reply*",
                    replyTo = room.Card,
                }
            )
        ).Is(HttpStatusCode.Created);

        var page = (await newsroom.SendAsync(HttpMethod.Get, room.Messages)).Is(HttpStatusCode.OK).Json;

        Assert.Equal("messages:Array next:Null", page.Shape());
        var (card, reply) = (page.List("messages")[0], page.List("messages")[1]);
        Assert.Equal(
            "id:String author:String text:String replyTo:Null storyId:String number:Null createdAt:String editedAt:Null deleted:False",
            card.Shape()
        );
        Assert.Equal(room.Story, card.Text("storyId"));
        Assert.Equal(
            "id:String author:String text:String replyTo:String storyId:Null number:Number createdAt:String editedAt:Null deleted:False",
            reply.Shape()
        );
        Assert.Equal(created.Json.GetRawText(), reply.GetRawText());
        Assert.Equal(
            ("Ada", "A *reply*", room.Card, 1),
            (reply.Text("author"), reply.Text("text"), reply.Text("replyTo"), reply.GetProperty("number").GetInt32())
        );
        Assert.Equal(TimeSpan.Zero, reply.GetProperty("createdAt").GetDateTimeOffset().Offset);
    }

    [Fact]
    public async Task A_created_message_stands_at_its_location()
    {
        var room = await newsroom.RoomAsync();

        var created = (await newsroom.SayAsync(room, new { author = "Ada", text = "Hello" })).Is(
            HttpStatusCode.Created
        );
        var found = await newsroom.SendAsync(HttpMethod.Get, created.Response.Headers.Location!.ToString());

        Assert.Equal(created.Text, found.Is(HttpStatusCode.OK).Text);
        Assert.Equal(JsonValueKind.Null, found.Json.GetProperty("number").ValueKind);
    }

    [Fact]
    public async Task Pages_hold_fifty_by_default_and_two_hundred_at_most_and_newer_messages_do_not_shift_them()
    {
        var room = await newsroom.RoomAsync();
        var member = newsroom.Builder.Member("Pager");
        var channel = long.Parse(room.Channel, null);
        for (var i = 0; i < 210; i++)
        {
            newsroom.Builder.Message(channel, member, $"Message {i}");
        }

        var first = (await newsroom.SendAsync(HttpMethod.Get, room.Messages)).Json;
        var most = (await newsroom.SendAsync(HttpMethod.Get, $"{room.Messages}?limit=5000")).Json;
        newsroom.Builder.Message(channel, member, "A late one");
        List<string> seen = [];
        var after = "0";
        while (after is not null)
        {
            var page = (await newsroom.SendAsync(HttpMethod.Get, $"{room.Messages}?limit=40&after={after}"))
                .Is(HttpStatusCode.OK)
                .Json;
            seen.AddRange(page.List("messages").Select(message => message.Text("text")));
            after = page.GetProperty("next").GetString();
        }

        Assert.Equal(50, first.List("messages").Count);
        Assert.Equal(first.List("messages")[^1].Text("id"), first.Text("next"));
        Assert.Equal(200, most.List("messages").Count);
        Assert.Equal([.. Enumerable.Range(0, 210).Select(i => $"Message {i}"), "A late one"], seen.Skip(1));
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_message_and_another_body_is_refused()
    {
        var room = await newsroom.RoomAsync();
        var key = ("Idempotency-Key", $"key-{room.Channel}");

        var once = (await newsroom.SayAsync(room, new { author = "Ada", text = "Once" }, key)).Is(
            HttpStatusCode.Created
        );
        var again = (await newsroom.SayAsync(room, new { author = "Ada", text = "Once" }, key)).Is(
            HttpStatusCode.Created
        );
        var other = await newsroom.SayAsync(room, new { author = "Ada", text = "Other" }, key);
        var tooLong = ("Idempotency-Key", new string('k', 201));

        Assert.Equal(once.Text, again.Text);
        other.IsProblem(422);
        (await newsroom.SayAsync(room, new { author = "Ada", text = "Once" }, tooLong)).IsProblem(422);
        Assert.Equal(2, (await newsroom.SendAsync(HttpMethod.Get, room.Messages)).Json.List("messages").Count);
    }

    [Fact]
    public async Task Duplicates_sent_at_the_same_time_are_one_message()
    {
        var room = await newsroom.RoomAsync();
        var body = new
        {
            author = "Twin",
            text = "At once",
            replyTo = room.Card,
        };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => newsroom.SayAsync(room, body, ("Idempotency-Key", "twin")))
        );

        Assert.Single(answers.Select(answer => answer.Is(HttpStatusCode.Created).Json.Text("id")).Distinct());
        Assert.Single((await newsroom.SendAsync(HttpMethod.Get, room.Comments)).Json.List("comments"));
    }

    [Fact]
    public async Task An_author_edits_and_deletes_and_nobody_else_does()
    {
        var room = await newsroom.RoomAsync();
        var message = (
            await newsroom.SayAsync(
                room,
                new
                {
                    author = "Ada",
                    text = "First",
                    replyTo = room.Card,
                }
            )
        ).Json;
        var path = $"{room.Messages}/{message.Text("id")}";

        (await newsroom.SendAsync(HttpMethod.Patch, path, new { author = "Bo", text = "Mine" })).IsProblem(403);
        (await newsroom.SendAsync(HttpMethod.Delete, $"{path}?author=Bo")).IsProblem(403);
        (
            await newsroom.SendAsync(
                HttpMethod.Patch,
                $"{room.Messages}/{room.Card}",
                new { author = "Ada", text = "x" }
            )
        ).IsProblem(403);
        var edited = (await newsroom.SendAsync(HttpMethod.Patch, path, new { author = "Ada", text = "Second" }))
            .Is(HttpStatusCode.OK)
            .Json;
        var deleted = (await newsroom.SendAsync(HttpMethod.Delete, $"{path}?author=Ada")).Is(HttpStatusCode.NoContent);
        var left = (await newsroom.SendAsync(HttpMethod.Get, path)).Is(HttpStatusCode.OK).Json;

        Assert.Equal(("Second", JsonValueKind.String), (edited.Text("text"), edited.GetProperty("editedAt").ValueKind));
        Assert.Equal("", deleted.Text);
        Assert.Equal(
            "id:String author:Null text:Null replyTo:String storyId:Null number:Number createdAt:String editedAt:String deleted:True",
            left.Shape()
        );
        (await newsroom.SendAsync(HttpMethod.Patch, path, new { author = "Ada", text = "Third" })).IsProblem(409);
        (await newsroom.SendAsync(HttpMethod.Delete, $"{path}?author=Ada")).IsProblem(409);
        (
            await newsroom.SayAsync(
                room,
                new
                {
                    author = "Bo",
                    text = "To nobody",
                    replyTo = message.Text("id"),
                }
            )
        ).IsProblem(409);
    }

    [Fact]
    public async Task A_reply_needs_a_message_of_the_same_channel()
    {
        var (room, other) = (await newsroom.RoomAsync(), await newsroom.RoomAsync());

        foreach (var replyTo in new[] { "999999999", "junk", "", "-1", other.Card })
        {
            (
                await newsroom.SayAsync(
                    room,
                    new
                    {
                        author = "Ada",
                        text = "To where?",
                        replyTo,
                    }
                )
            ).IsProblem(422);
        }

        Assert.Single((await newsroom.SendAsync(HttpMethod.Get, room.Messages)).Json.List("messages"));
    }

    [Fact]
    public async Task A_story_that_is_taken_down_or_locked_takes_no_replies_and_no_edits_and_still_lets_its_authors_delete()
    {
        foreach (var column in new[] { "taken_down_at", "locked_at" })
        {
            var room = await newsroom.RoomAsync();
            var said = (
                await newsroom.SayAsync(
                    room,
                    new
                    {
                        author = "Ada",
                        text = "Before",
                        replyTo = room.Card,
                    }
                )
            ).Json;
            var path = $"{room.Messages}/{said.Text("id")}";
            newsroom.Builder.Run($"UPDATE story SET {column} = 1 WHERE id = {room.Story}");

            (
                await newsroom.SayAsync(
                    room,
                    new
                    {
                        author = "Ada",
                        text = "Late",
                        replyTo = room.Card,
                    }
                )
            ).IsProblem(409);
            (
                await newsroom.SayAsync(
                    room,
                    new
                    {
                        author = "Bo",
                        text = "Late",
                        replyTo = said.Text("id"),
                    }
                )
            ).IsProblem(409);
            (await newsroom.SendAsync(HttpMethod.Patch, path, new { author = "Ada", text = "After" })).IsProblem(409);
            (await newsroom.SendAsync(HttpMethod.Delete, $"{path}?author=Ada")).Is(HttpStatusCode.NoContent);
        }
    }

    [Fact]
    public async Task A_command_is_answered_privately_and_posts_nothing()
    {
        var room = await newsroom.RoomAsync();

        var answer = (await newsroom.SayAsync(room, new { author = "Ada", text = "/news help" }))
            .Is(HttpStatusCode.OK)
            .Json;

        Assert.Equal("private:True text:String", answer.Shape());
        Assert.Single((await newsroom.SendAsync(HttpMethod.Get, room.Messages)).Json.List("messages"));
    }
}
