using System.Text.Json;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Clients.Tests.Http;
using static NewsBot.Clients.Tests.Http.ScriptedServer;

namespace NewsBot.Clients.Tests.Discord.Rest;

public sealed class DiscordRestBodyTests : IAsyncLifetime
{
    private static readonly Snowflake Room = new(11);
    private static readonly Snowflake Note = new(22);
    private static readonly Snowflake App = new(33);
    private static readonly NewMessage Hello = new() { Content = "Hello" };
    private static readonly UploadFile File = new("a \"b\".png", "image/png", "picture"u8.ToArray());

    private RestTrial _trial = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DiscordRest Rest => _trial.Rest;

    private ReceivedCall Last => _trial.Server.Received.Last();

    public async ValueTask InitializeAsync() => _trial = await RestTrial.StartAsync();

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    [Fact]
    public async Task Whom_a_message_may_ping_is_always_said_and_null_never_written()
    {
        await _trial.PlayAsync(Rest.CreateMessageAsync(Room, Hello, [], Cancel));
        await _trial.PlayAsync(
            Rest.EditMessageAsync(Room, Note, new NewMessage { AllowedMentions = null! }, [], Cancel)
        );
        await _trial.PlayAsync(
            Rest.StartForumPostAsync(Room, new ThreadDraft { Name = "T", Message = Hello }, [], Cancel)
        );

        const string Nobody = "\"allowed_mentions\":{\"parse\":[],\"replied_user\":false}";
        var bodies = _trial.Server.Received.Select(call => call.Body).ToList();
        Assert.Equal("{\"content\":\"Hello\"," + Nobody + "}", bodies[0]);
        Assert.Equal("{" + Nobody + "}", bodies[1]);
        Assert.Equal("{\"name\":\"T\",\"message\":{\"content\":\"Hello\"," + Nobody + "}}", bodies[2]);
        Assert.All(_trial.Server.Received, call => Assert.Equal("application/json", call.Header("Content-Type")));
    }

    [Fact]
    public async Task A_nonce_goes_only_where_Discord_knows_it()
    {
        var message = Hello with { Nonce = "n", EnforceNonce = true, MessageReference = new(Note) };

        await _trial.PlayAsync(Rest.CreateMessageAsync(Room, message, [], Cancel));
        await _trial.PlayAsync(Rest.EditMessageAsync(Room, Note, message, [], Cancel));
        await _trial.PlayAsync(Rest.FollowUpAsync(App, "t", message, [], Cancel));
        await _trial.PlayAsync(Rest.StartForumPostAsync(Room, new ThreadDraft { Message = message }, [], Cancel));

        var bodies = _trial.Server.Received.Select(call => call.Body).ToList();
        Assert.Contains("\"nonce\":\"n\",\"enforce_nonce\":true", bodies[0]);
        Assert.Contains("\"message_reference\":{\"message_id\":\"22\"}", bodies[0]);
        Assert.All(bodies.Skip(1), body => Assert.DoesNotContain("nonce", body));
        Assert.All(bodies.Skip(1), body => Assert.DoesNotContain("reference", body));
    }

    [Fact]
    public async Task Files_travel_in_a_form_and_are_named_in_the_JSON()
    {
        await _trial.PlayAsync(Rest.CreateMessageAsync(Room, Hello, [File], Cancel));

        Assert.StartsWith("multipart/form-data; boundary=", Last.Header("Content-Type"));
        Assert.Contains("Content-Disposition: form-data; name=\"payload_json\"", Last.Body);
        Assert.Contains("Content-Disposition: form-data; name=\"files[0]\"; filename=\"a _b_.png\"", Last.Body);
        Assert.Contains("Content-Type: image/png", Last.Body);
        Assert.Contains("picture", Last.Body);
        Assert.Contains("\"attachments\":[{\"id\":\"0\",\"filename\":\"a ", Last.Body);
    }

    [Fact]
    public async Task An_edit_keeps_the_files_it_names()
    {
        var change = Hello with { Attachments = [new AttachmentDraft("77"), new AttachmentDraft("0", "a.png")] };

        await _trial.PlayAsync(Rest.EditMessageAsync(Room, Note, change, [File], Cancel));

        Assert.Contains("\"attachments\":[{\"id\":\"77\"},{\"id\":\"0\",\"filename\":\"a.png\"}]", Last.Body);
    }

    [Fact]
    public async Task Files_that_Discord_would_refuse_are_not_sent()
    {
        var large = new UploadFile("a", "a/b", new byte[(10 * 1024 * 1024) + 1]);
        var half = new UploadFile("a", "a/b", new byte[9 * 1024 * 1024]);
        UploadFile[][] wrong =
        [
            [large],
            [half, half, half],
            [.. Enumerable.Repeat(File, 11)],
        ];

        foreach (var files in wrong)
        {
            var error = await _trial.RefusedAsync(Rest.CreateMessageAsync(Room, Hello, files, Cancel));
            Assert.Equal(40005, error.Code);
        }

        Assert.Empty(_trial.Server.Received);
    }

    [Fact]
    public async Task Commands_are_written_as_documented()
    {
        var command = new ApplicationCommand("news")
        {
            Description = "News",
            DefaultMemberPermissions = Permissions.ManageGuild,
            Options = [new(CommandOptionType.String, "q", "Words") { Choices = [CommandChoice.Of("A", "a")] }],
        };
        _trial.Server.Then(Json("[]"));

        await _trial.PlayAsync(Rest.PutCommandsAsync(App, [command], Cancel));

        var sent = JsonDocument.Parse(Last.Body).RootElement[0];
        Assert.Equal("32", sent.GetProperty("default_member_permissions").GetString());
        Assert.Equal("a", sent.GetProperty("options")[0].GetProperty("choices")[0].GetProperty("value").GetString());
        Assert.False(sent.TryGetProperty("id", out _));
    }
}
