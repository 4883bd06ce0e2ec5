using System.Net;

namespace NewsBot.Tests.Api;

/// <summary>What people may send in malice is kept safely and shown as text.</summary>
public sealed class HostileTextTests(ApiNewsroom newsroom) : IClassFixture<ApiNewsroom>
{
    public static TheoryData<string, string> Texts =>
        new()
        {
            { "@everyone @here <@1> <!channel>", "@everyone @here <@1> <!channel>" },
            {
                "<script>alert(1)</script><img src=x onerror=alert(1)>",
                "<script>alert(1)</script><img src=x onerror=alert(1)>"
            },
            { "[x](javascript:alert(1)) ![y](data:text/html,x)", "[x](javascript:alert(1)) ![y](data:text/html,x)" },
            { "abc\u202Edcba\u202C", "abcdcba" },
            { "nul\0 and bell\a end", "nul and bell end" },
            { $"Z{new string('\u0301', 500)}algo", $"Z{new string('\u0301', 8)}algo" },
            { new string('[', 8_000), new string('[', 8_000) },
            { string.Concat(Enumerable.Repeat("**_`~", 1_600)), string.Concat(Enumerable.Repeat("**_`~", 1_600)) },
            { new string('>', 8_000), new string('>', 8_000) },
            { "' OR 1=1; DROP TABLE comment; --", "' OR 1=1; DROP TABLE comment; --" },
            { "{{7*7}} ${7*7} %s %n", "{{7*7}} ${7*7} %s %n" },
            { "a\r\nb\u2028c", "a\nb\nc" },
            { "👩‍👩‍👧‍👦 שלום", "👩‍👩‍👧‍👦 שלום" },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_hostile_reply_is_kept_as_text_and_breaks_no_page(string text, string kept)
    {
        var room = await newsroom.RoomAsync();

        var said = (
            await newsroom.SayAsync(
                room,
                new
                {
                    author = "Mallory",
                    text,
                    replyTo = room.Card,
                }
            )
        ).Is(HttpStatusCode.Created).Json;
        var comment = (await newsroom.SendAsync(HttpMethod.Get, room.Comments))
            .Is(HttpStatusCode.OK)
            .Json.List("comments")
            .Single();
        var page = (await newsroom.SendAsync(HttpMethod.Get, $"/stories/{room.Story}")).Is(HttpStatusCode.OK);
        var word = Uri.EscapeDataString(text[..Math.Min(text.Length, 200)]);

        Assert.Equal((kept, kept), (said.Text("text"), comment.Text("text")));
        var body = page.Html.QuerySelector("#c1 .md")!;
        Assert.Empty(body.QuerySelectorAll("script, img, iframe, [onerror], a[href^=javascript], a[href^=data]"));
        (await newsroom.SendAsync(HttpMethod.Get, $"/api/v1/stories?q={word}")).Is(HttpStatusCode.OK);
        (await newsroom.SendAsync(HttpMethod.Get, $"/search?q={word}")).Is(HttpStatusCode.OK);
        (await newsroom.SendAsync(HttpMethod.Get, $"/stories/{room.Story}/comments.atom")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_hostile_author_is_kept_as_text()
    {
        var room = await newsroom.RoomAsync();

        var said = await newsroom.SayAsync(
            room,
            new
            {
                author = "<b onclick=x>Eve</b>",
                text = "Hi",
                replyTo = room.Card,
            }
        );
        var page = await newsroom.SendAsync(HttpMethod.Get, $"/stories/{room.Story}");

        Assert.Equal("<b onclick=x>Eve</b>", said.Is(HttpStatusCode.Created).Json.Text("author"));
        Assert.Empty(page.Html.QuerySelectorAll("[onclick]"));
    }
}
