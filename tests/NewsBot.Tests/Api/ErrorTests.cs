using System.Net;
using System.Text;
using System.Text.Json;

namespace NewsBot.Tests.Api;

/// <summary>What goes wrong is told as problem details, and loses nothing.</summary>
public sealed class ErrorTests(ApiNewsroom newsroom) : IClassFixture<ApiNewsroom>
{
    [Theory]
    [InlineData("/api/v1/channels/999999/messages")]
    [InlineData("/api/v1/channels/junk/messages")]
    [InlineData("/api/v1/channels/99999999999999999999999/messages")]
    [InlineData("/api/v1/stories/999999")]
    [InlineData("/api/v1/stories/-1")]
    [InlineData("/api/v1/stories/999999/comments")]
    [InlineData("/api/v1/nothing/here")]
    [InlineData("/api/v2/channels")]
    public async Task Unknown_ids_and_addresses_are_404(string path)
    {
        (await newsroom.SendAsync(HttpMethod.Get, path)).IsProblem(404);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-5")]
    [InlineData("limit=abc")]
    [InlineData("limit=")]
    [InlineData("limit=1.5")]
    [InlineData("limit=99999999999999999999999")]
    [InlineData("after=junk")]
    [InlineData("after=-1")]
    [InlineData("after=99999999999999999999999")]
    public async Task A_parameter_that_cannot_be_read_is_400(string query)
    {
        var room = await newsroom.RoomAsync();

        foreach (var path in new[] { room.Messages, "/api/v1/stories", room.Comments })
        {
            (await newsroom.SendAsync(HttpMethod.Get, $"{path}?{query}")).IsProblem(400);
        }
    }

    [Theory]
    [InlineData("order=up")]
    [InlineData("after=77")]
    public async Task An_unknown_order_or_place_among_comments_is_400(string query)
    {
        (await newsroom.SendAsync(HttpMethod.Get, $"{(await newsroom.RoomAsync()).Comments}?{query}")).IsProblem(400);
    }

    [Fact]
    public async Task Unknown_messages_are_404_for_every_method()
    {
        var (room, other) = (await newsroom.RoomAsync(), await newsroom.RoomAsync());
        var nowhere = "/api/v1/channels/999999/messages";

        (await newsroom.SendAsync(HttpMethod.Post, nowhere, new { author = "Ada", text = "x" })).IsProblem(404);
        foreach (
            var path in new[]
            {
                $"{room.Messages}/999999",
                $"{room.Messages}/x",
                $"{room.Messages}/{other.Card}",
                $"{nowhere}/1",
            }
        )
        {
            (await newsroom.SendAsync(HttpMethod.Get, path)).IsProblem(404);
            (await newsroom.SendAsync(HttpMethod.Patch, path, new { author = "Ada", text = "x" })).IsProblem(404);
            (await newsroom.SendAsync(HttpMethod.Delete, $"{path}?author=Ada")).IsProblem(404);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("\0\u0001\u202E")]
    public async Task An_empty_text_is_422(string text)
    {
        var room = await newsroom.RoomAsync();
        var said = (await newsroom.SayAsync(room, new { author = "Ada", text = "Full" })).Json;

        (await newsroom.SayAsync(room, new { author = "Ada", text })).IsProblem(422);
        (await newsroom.SayAsync(room, new { author = "Ada" })).IsProblem(422);
        (
            await newsroom.SendAsync(
                HttpMethod.Patch,
                $"{room.Messages}/{said.Text("id")}",
                new { author = "Ada", text }
            )
        ).IsProblem(422);
    }

    [Theory]
    [InlineData(8_001)]
    [InlineData(100 * 1_024)]
    [InlineData(5_000_000)]
    public async Task A_text_that_is_too_long_is_413_and_nothing_is_posted(int length)
    {
        var room = await newsroom.RoomAsync();

        var body = JsonSerializer.Serialize(
            new
            {
                author = "Ada",
                text = new string('a', length),
                replyTo = room.Card,
            }
        );

        // The server hangs up on a body it refuses; who says its length and asks first still reads why.
        (await newsroom.SayAsync(room, Json(body), ("Expect", "100-continue"))).IsProblem(413);

        Assert.Single((await newsroom.SendAsync(HttpMethod.Get, room.Messages)).Json.List("messages"));
    }

    [Fact]
    public async Task The_longest_text_is_taken_also_in_its_longest_spelling()
    {
        var room = await newsroom.RoomAsync();
        var escaped = string.Concat(Enumerable.Repeat("\\u00e9", 8_000));

        var said = await newsroom.SayAsync(room, Json($$"""{"author":"Ada","text":"{{escaped}}"}"""));

        Assert.Equal(new string('é', 8_000), said.Is(HttpStatusCode.Created).Json.Text("text"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"author\":\"Ada\",\"text\":5}")]
    [InlineData("{\"author\":\"Ada\",\"text\":\"x\",\"replyTo\":{}}")]
    [InlineData("{\"author\":\"Ada\",\"text\":\"\\ud800\"}")]
    public async Task JSON_that_cannot_be_read_is_400(string json)
    {
        var room = await newsroom.RoomAsync();

        (await newsroom.SayAsync(room, Json(json))).IsProblem(400);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_that_is_no_JSON_is_415(string type)
    {
        var room = await newsroom.RoomAsync();
        var body = new StringContent("{\"author\":\"Ada\",\"text\":\"x\"}");
        body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        (await newsroom.SayAsync(room, body)).IsProblem(415);

        Assert.Single((await newsroom.SendAsync(HttpMethod.Get, room.Messages)).Json.List("messages"));
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/channels", "GET, HEAD")]
    [InlineData("PUT", "/api/v1/channels/1/messages", "GET, HEAD, POST")]
    [InlineData("POST", "/api/v1/channels/1/messages/1", "GET, HEAD, PATCH, DELETE")]
    [InlineData("POST", "/api/v1/stories", "GET, HEAD")]
    [InlineData("PATCH", "/api/v1/stories/1", "GET, HEAD")]
    [InlineData("DELETE", "/api/v1/stories/1/comments", "GET, HEAD")]
    public async Task A_wrong_method_is_405_and_says_which_are_right(string method, string path, string allowed)
    {
        var answer = (await newsroom.SendAsync(HttpMethod.Parse(method), path)).IsProblem(405);

        Assert.Equal(allowed, string.Join(", ", answer.Response.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("/api/v1/channels")]
    [InlineData("/api/v1/stories")]
    public async Task HEAD_is_answered_like_GET_without_a_body(string path)
    {
        Assert.Equal("", (await newsroom.SendAsync(HttpMethod.Head, path)).Is(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task A_caller_that_asks_for_pages_still_gets_problem_details()
    {
        (
            await newsroom.SendAsync(HttpMethod.Get, "/api/v1/stories/1?", null, ("Accept", "text/html"))
        ).Response.Dispose();
        (await newsroom.SendAsync(HttpMethod.Get, "/api/v1/stories/999999", null, ("Accept", "text/html"))).IsProblem(
            404
        );
        var body = Json("{");
        (await newsroom.SayAsync(await newsroom.RoomAsync(), body, ("Accept", "text/html"))).IsProblem(400);
    }

    [Fact]
    public async Task The_description_names_every_route_its_answers_and_its_errors()
    {
        var api = (await newsroom.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Is(HttpStatusCode.OK).Json;

        Assert.StartsWith("3.", api.Text("openapi"));
        var operations = api.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject().Select(method => ($"{method.Name} {path.Name}", method.Value))
            )
            .ToDictionary(pair => pair.Item1, pair => pair.Value);
        Assert.Equal(
            [
                "delete /api/v1/channels/{id}/messages/{messageId}",
                "get /api/v1/channels",
                "get /api/v1/channels/{id}/messages",
                "get /api/v1/channels/{id}/messages/{messageId}",
                "get /api/v1/stories",
                "get /api/v1/stories/{id}",
                "get /api/v1/stories/{id}/comments",
                "patch /api/v1/channels/{id}/messages/{messageId}",
                "post /api/v1/channels/{id}/messages",
            ],
            operations.Keys.Order(StringComparer.Ordinal)
        );
        var post = operations["post /api/v1/channels/{id}/messages"];
        Assert.Equal(
            ["200", "201", "400", "401", "403", "404", "409", "413", "415", "422", "429"],
            post.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal)
        );
        Assert.Contains("Idempotency-Key", post.GetProperty("parameters").GetRawText());
        Assert.All(operations.Values, operation => AssertProblems(operation.GetProperty("responses")));
        var schemas = api.GetProperty("components").GetProperty("schemas");
        foreach (
            var name in new[]
            {
                "ApiChannel",
                "ApiMessagePage",
                "ApiMessage",
                "ApiMessageDraft",
                "ApiStoryPage",
                "ApiStory",
                "ApiCommentPage",
                "ApiComment",
                "ApiAuthor",
                "ApiMemberSince",
                "ProblemDetails",
            }
        )
        {
            Assert.True(
                schemas.TryGetProperty(name, out _),
                $"{name} is not described: {schemas.EnumerateObject().Count()}"
            );
        }

        Assert.Contains("firstSeen", schemas.GetRawText());
        var comments = operations["get /api/v1/stories/{id}/comments"].GetProperty("parameters").GetRawText();
        Assert.Contains("\"thread\"", comments);
        Assert.Contains("\"maximum\"", comments);
    }

    private static void AssertProblems(JsonElement responses)
    {
        foreach (var response in responses.EnumerateObject().Where(response => response.Name[0] == '4'))
        {
            Assert.Contains(
                "#/components/schemas/ProblemDetails",
                response.Value.GetProperty("content").GetProperty("application/problem+json").GetRawText()
            );
        }
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
