using System.Net;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Clients.Http;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Discord.Rest;

public sealed class DiscordRestFailureTests : IAsyncLifetime
{
    private const string MessageJson = """{"id":"5","channel_id":"1"}""";

    private static readonly Snowflake Room = new(1);
    private static readonly Snowflake Note = new(5);
    private static readonly NewMessage Hello = new() { Content = "Hello" };

    private RestTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _trial = await RestTrial.StartAsync();

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    public static TheoryData<int> Failures => [500, 502, 503, 504, 0];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_cannot_happen_twice_is_tried_again(int status)
    {
        var failure = status == 0 ? Abort() : Status(status);
        _trial.Server.Otherwise = Json(MessageJson);
        var safe = Hello with { Nonce = "n", EnforceNonce = true };

        _trial.Server.Then(failure, failure, failure);
        await _trial.PlayAsync(_trial.Rest.CreateMessageAsync(Room, safe, [], Cancel));
        _trial.Server.Then(failure);
        await _trial.PlayAsync(_trial.Rest.EditMessageAsync(Room, Note, Hello, [], Cancel));
        _trial.Server.Then(failure);
        await _trial.PlayAsync(_trial.Rest.GetMessageAsync(Room, Note, Cancel));
        _trial.Server.Then(failure);
        await _trial.PlayAsync(_trial.Rest.DeleteMessageAsync(Room, Note, Cancel));

        Assert.Equal(4 + 2 + 2 + 2, _trial.Server.Received.Count);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_could_happen_twice_is_not_tried_again(int status)
    {
        _trial.Server.Then(status == 0 ? Abort() : Status(status));

        var error = await _trial.RefusedAsync(_trial.Rest.CreateMessageAsync(Room, Hello, [], Cancel));

        Assert.True(error.IsOutcomeUnknown);
        Assert.Equal(status == 0 ? null : status, (int?)error.Status);
        Assert.Single(_trial.Server.Received);
    }

    [Fact]
    public async Task Neither_forum_posts_nor_threads_nor_follow_ups_are_tried_again()
    {
        _trial.Server.Otherwise = Status(502);
        var post = new ThreadDraft { Name = "Post", Message = Hello with { Nonce = "n", EnforceNonce = true } };

        var errors = new[]
        {
            await _trial.RefusedAsync(_trial.Rest.StartForumPostAsync(Room, post, [], Cancel)),
            await _trial.RefusedAsync(_trial.Rest.StartThreadAsync(Room, Note, post, Cancel)),
            await _trial.RefusedAsync(_trial.Rest.FollowUpAsync(Room, "t", Hello, [], Cancel)),
            await _trial.RefusedAsync(_trial.Rest.CrosspostAsync(Room, Note, Cancel)),
        };

        Assert.All(errors, error => Assert.True(error.IsOutcomeUnknown));
        Assert.Equal(errors.Length, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task An_edit_that_would_add_its_files_twice_is_not_tried_again()
    {
        _trial.Server.Otherwise = Status(502);
        var file = new UploadFile("a.txt", "text/plain", "a"u8.ToArray());

        var error = await _trial.RefusedAsync(_trial.Rest.EditMessageAsync(Room, Note, Hello, [file], Cancel));

        Assert.True(error.IsOutcomeUnknown);
        Assert.Single(_trial.Server.Received);
    }

    [Fact]
    public async Task A_server_that_stays_broken_is_given_up_after_three_more_tries()
    {
        _trial.Server.Otherwise = Status(503);

        var error = await _trial.RefusedAsync(_trial.Rest.GetChannelAsync(Room, Cancel));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, error.Status);
        Assert.False(error.IsOutcomeUnknown);
        Assert.Equal(4, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task A_deletion_whose_first_answer_was_lost_is_done_when_the_message_is_gone()
    {
        _trial.Server.Then(Abort(), Json("""{"message":"Unknown Message","code":10008}""", 404));

        await _trial.PlayAsync(_trial.Rest.DeleteMessageAsync(Room, Note, Cancel));

        Assert.Equal(2, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task A_deletion_of_what_is_not_there_is_refused()
    {
        _trial.Server.Then(Json("""{"message":"Unknown Message","code":10008}""", 404));

        var error = await _trial.RefusedAsync(_trial.Rest.DeleteMessageAsync(Room, Note, Cancel));

        Assert.Equal(10008, error.Code);
        Assert.False(error.IsOutcomeUnknown);
    }

    [Fact]
    public async Task A_server_that_is_not_there_has_done_nothing()
    {
        await _trial.Server.DisposeAsync();

        var error = await _trial.RefusedAsync(_trial.Rest.CreateMessageAsync(Room, Hello, [], Cancel));

        Assert.Null(error.Status);
        Assert.False(error.IsOutcomeUnknown);
    }

    [Fact]
    public async Task A_silent_server_is_given_up_after_the_time_out_and_the_outcome_is_unknown()
    {
        await using var trial = await RestTrial.StartAsync(TimeSpan.FromSeconds(15));
        trial.Server.Otherwise = Hang();

        var call = trial.Rest.CreateMessageAsync(Room, Hello, [], Cancel);
        await RestTrial.UntilAsync(() => !trial.Server.Received.IsEmpty);
        trial.Clock.Advance(TimeSpan.FromSeconds(15));

        var error = await Assert.ThrowsAsync<DiscordException>(() => call);
        Assert.True(error.IsOutcomeUnknown);
        Assert.Null(error.Status);
    }

    [Fact]
    public async Task An_answer_to_an_interaction_is_not_tried_for_longer_than_three_seconds()
    {
        _trial.Server.Otherwise = Status(502);
        var start = _trial.Clock.GetUtcNow();

        var error = await _trial.RefusedAsync(
            _trial.Rest.RespondAsync(Room, "secret", new(InteractionResponseType.Pong), [], Cancel)
        );

        Assert.True(error.IsOutcomeUnknown);
        Assert.DoesNotContain("secret", error.ToString());
        Assert.All(_trial.Server.Received, call => Assert.True(call.At - start <= TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task An_answer_that_got_through_before_the_connection_broke_is_done()
    {
        _trial.Server.Then(Abort(), Json("""{"message":"Already acknowledged","code":40060}""", 400));

        await _trial.PlayAsync(_trial.Rest.RespondAsync(Room, "t", new(InteractionResponseType.Pong), [], Cancel));

        Assert.Equal(2, _trial.Server.Received.Count);
    }

    [Fact]
    public async Task The_fields_of_a_wrong_form_are_named_by_their_path()
    {
        const string Body = """
            {"message":"Invalid Form Body","code":50035,"errors":{
              "content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 2000 or fewer in length."}]},
              "components":{"0":{"components":{"1":{"label":{"_errors":[{"code":"X","message":"Too long"}]}}}}},
              "_errors":[{"code":"Y","message":"All wrong"}]}}
            """;
        _trial.Server.Then(Json(Body, 400));

        var error = await _trial.RefusedAsync(_trial.Rest.CreateMessageAsync(Room, Hello, [], Cancel));

        Assert.Equal(50035, error.Code);
        Assert.StartsWith("Invalid Form Body (POST /channels/{channel}/messages: 400", error.Message);
        Assert.Equal("Must be 2000 or fewer in length (BASE_TYPE_MAX_LENGTH)", error.FieldErrors["content"]);
        Assert.Equal("Too long (X)", error.FieldErrors["components[0].components[1].label"]);
        Assert.Equal("All wrong (Y)", error.FieldErrors[""]);
    }

    [Fact]
    public async Task Many_and_deep_field_errors_are_cut_off()
    {
        var wide = string.Join(
            ',',
            Enumerable
                .Range(0, 400)
                .Select(number =>
                    $$"""
                        "f{{number}}":{"_errors":[{"code":"X","message":"{{new string('m', 60)}}"}]}
                        """
                )
        );
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60);
        _trial.Server.Then(
            Json("{\"code\":1,\"errors\":{" + wide + "}}", 400),
            Json("{\"code\":2,\"errors\":" + deep + "}", 400)
        );

        var first = await _trial.RefusedAsync(_trial.Rest.GetChannelAsync(Room, Cancel));
        var second = await _trial.RefusedAsync(_trial.Rest.GetChannelAsync(Room, Cancel));

        Assert.Equal(50, first.FieldErrors.Count);
        Assert.Empty(second.FieldErrors);
    }

    [Theory]
    [InlineData("<html>pw</html>", 200)]
    [InlineData("<html>pw</html>", 403)]
    [InlineData("", 200)]
    [InlineData("", 404)]
    [InlineData("null", 200)]
    [InlineData("[\"pw\"]", 200)]
    [InlineData("[\"pw\"]", 400)]
    [InlineData("{\"id\":\"pw\"}", 200)]
    [InlineData("{\"id\":{\"pw\":1}}", 200)]
    [InlineData("{\"message\":7,\"code\":\"pw\",\"errors\":\"pw\"}", 400)]
    [InlineData("{\"message\":\"\\ud800\"}", 400)]
    public async Task Junk_in_an_answer_is_a_clear_exception_without_the_junk(string body, int status)
    {
        _trial.Server.Then(Text(body, "text/html", status));

        var error = await _trial.RefusedAsync(_trial.Rest.GetChannelAsync(Room, Cancel));

        Assert.Equal(status, (int?)error.Status);
        Assert.Contains("(GET /channels/{channel}", error.Message);
        Assert.DoesNotContain("pw", error.ToString());
    }

    [Fact]
    public async Task A_message_that_was_posted_although_the_answer_is_junk_has_an_unknown_outcome()
    {
        _trial.Server.Then(Text("<html>", "text/html"));

        var error = await _trial.RefusedAsync(_trial.Rest.CreateMessageAsync(Room, Hello, [], Cancel));

        Assert.True(error.IsOutcomeUnknown);
    }

    [Fact]
    public async Task Answers_and_errors_of_any_size_take_bounded_memory()
    {
        _trial.Server.Then(
            Text(new string(' ', HttpAnswer.MaxBodyBytes + 1), "application/json"),
            Text("{" + new string(' ', 200_000) + "}", "application/json", 400)
        );

        var answer = await _trial.RefusedAsync(_trial.Rest.GetChannelAsync(Room, Cancel));
        var error = await _trial.RefusedAsync(_trial.Rest.GetChannelAsync(Room, Cancel));

        Assert.Contains("longer than 25 MiB", answer.Message);
        Assert.Equal(HttpStatusCode.BadRequest, error.Status);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _trial.Server.Then(Status(302, ("Location", "/elsewhere")));

        var error = await _trial.RefusedAsync(_trial.Rest.GetChannelAsync(Room, Cancel));

        Assert.Contains("redirect", error.Message);
        Assert.Single(_trial.Server.Received);
    }

    [Fact]
    public async Task A_token_that_an_error_repeats_is_struck_out()
    {
        _trial.Server.Then(Json($$"""{"message":"Bad {{RestTrial.Token}}","code":1}""", 400));

        var error = await _trial.RefusedAsync(_trial.Rest.GetChannelAsync(Room, Cancel));

        Assert.DoesNotContain(RestTrial.Token, error.ToString());
    }
}
