using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NewsBot.Testing.Servers.FakeDiscord.Routes;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace NewsBot.Tests.Discord.FakeDiscord;

public sealed class FakeInteractionsTests
{
    private const string Command = """
        [{"name":"news","description":"News","options":[
          {"type":1,"name":"search","description":"Search","options":[
            {"type":3,"name":"words","description":"Words","required":true,"autocomplete":true,"max_length":20},
            {"type":7,"name":"channel","description":"Where"}]}]},
         {"name":"news-admin","description":"Admin","default_member_permissions":"32"},
         {"name":"Comment number & link","type":3}]
        """;

    [Fact]
    public async Task A_command_reaches_the_bot_with_what_it_names_and_its_answer_the_asker_alone()
    {
        await using var caller = await StartAsync();
        var kofi = caller.Server.Human("Kofi");

        var asked = kofi.RunCommand(
            caller.Text,
            "news search",
            new JsonObject { ["words"] = "harbour", ["channel"] = $"{caller.Text}" }
        );
        var told = caller.Told[^1];
        var answered = await Callback(caller, told.Data, 4, """{"content":"Found","flags":64}""");
        var entry = await asked.AnswerAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("INTERACTION_CREATE", 0L), (told.Event, told.Intent));
        Assert.Equal("search", told.Data["data"]!["options"]![0]!["name"]!.ToString());
        Assert.Equal("news", told.Data["data"]!["resolved"]!["channels"]![$"{caller.Text}"]!["name"]!.ToString());
        Assert.NotNull(told.Data["member"]!["permissions"]);
        Assert.Equal(204, answered.Status);
        Assert.Equal(("message", "Found"), (entry["kind"]!.ToString(), entry["message"]!["content"]!.ToString()));
        Assert.Empty((await caller.BotAsync("GET", $"/channels/{caller.Text}/messages")).Body!.AsArray());
        // What one human sees travels as a direct message does.
        Assert.Equal((1L << 12, null), (caller.Told[^1].Intent, caller.Told[^1].GuildId));
    }

    [Fact]
    public async Task A_second_answer_is_refused_and_so_is_a_late_one()
    {
        await using var caller = await StartAsync();
        var kofi = caller.Server.Human("Kofi");
        var words = new JsonObject { ["words"] = "harbour" };

        kofi.RunCommand(caller.Text, "news search", words);
        var data = caller.Told[^1].Data;
        await Callback(caller, data, 5, "{}");
        var twice = await Callback(caller, data, 4, """{"content":"a"}""");
        var asked = kofi.RunCommand(caller.Text, "news search", words);
        data = caller.Told[^1].Data;
        caller.Time.Advance(TimeSpan.FromSeconds(3.5));
        var late = await Callback(caller, data, 4, """{"content":"a"}""");
        var entry = await asked.AnswerAsync(TestContext.Current.CancellationToken);

        Assert.Equal((400, 40060), (twice.Status, twice.Code));
        Assert.Equal((404, 10062), (late.Status, late.Code));
        Assert.Equal("failed", entry["kind"]!.ToString());
    }

    [Fact]
    public async Task A_deferred_answer_stays_private_and_its_token_ends_after_a_quarter_of_an_hour()
    {
        await using var caller = await StartAsync();
        var asked = caller.Server.Human("Kofi").RunCommand(caller.Text, "news search", new() { ["words"] = "a" });
        var data = caller.Told[^1].Data;
        var path = $"/webhooks/{caller.Server.ApplicationId}/{data["token"]}";

        var early = await caller.AskAsync("PATCH", path + "/messages/@original", new JsonObject { ["content"] = "a" });
        await Callback(caller, data, 5, """{"flags":64}""");
        var edited = await caller.AskAsync(
            "PATCH",
            path + "/messages/@original",
            new JsonObject { ["content"] = "Done" }
        );
        var follow = await caller.AskAsync("POST", path, new JsonObject { ["content"] = "More" });
        var first = await asked.AnswerAsync(TestContext.Current.CancellationToken);
        var second = await asked.AnswerAsync(2, TestContext.Current.CancellationToken);
        caller.Time.Advance(TimeSpan.FromMinutes(16));
        var late = await caller.AskAsync("POST", path, new JsonObject { ["content"] = "Late" });

        Assert.Equal(10015, early.Code);
        Assert.Equal("64", edited["flags"]);
        Assert.Equal(200, follow.Status);
        Assert.Equal(("message", "Done"), (first["kind"]!.ToString(), first["message"]!["content"]!.ToString()));
        Assert.Equal(("public", "More"), (second["kind"]!.ToString(), second["message"]!["content"]!.ToString()));
        Assert.Equal((401, 50027), (late.Status, late.Code));
    }

    [Fact]
    public async Task Options_are_checked_and_completed()
    {
        await using var caller = await StartAsync();
        var kofi = caller.Server.Human("Kofi");

        var missing = Assert.Throws<FakeApiException>(() => kofi.RunCommand(caller.Text, "news search"));
        var typing = kofi.AutocompleteAsync(
            caller.Text,
            "news search",
            "words",
            new JsonObject { ["words"] = "ha" },
            TestContext.Current.CancellationToken
        );
        var data = caller.Told[^1].Data;
        var deferred = await Callback(caller, data, 5, "{}");
        await Callback(caller, data, 8, """{"choices":[{"name":"Harbour","value":"harbour"}]}""");

        Assert.Equal(50035, missing.Code);
        Assert.Equal("4", data["type"]!.ToString());
        Assert.Equal("BASE_TYPE_CHOICES", deferred.ErrorAt("type"));
        Assert.Equal("harbour", (await typing)![0]!["value"]!.ToString());
    }

    [Fact]
    public async Task A_command_for_admins_is_not_shown_to_others()
    {
        await using var caller = await StartAsync();

        var refused = Assert.Throws<FakeApiException>(() =>
            caller.Server.Human("Kofi").RunCommand(caller.Text, "news-admin")
        );
        caller.Server.Human("admin").RunCommand(caller.Text, "news-admin");

        Assert.Equal(50013, refused.Code);
        Assert.Equal("news-admin", caller.Told[^1].Data["data"]!["name"]!.ToString());
    }

    [Fact]
    public async Task A_button_opens_a_modal_whose_answer_changes_the_message()
    {
        await using var caller = await StartAsync();
        var saga = caller.Server.Human("saga_w");
        var card = await caller.BotAsync(
            "POST",
            $"/channels/{caller.Text}/messages",
            JsonNode.Parse(
                """{"content":"Card","components":[{"type":1,"components":[{"type":2,"style":1,"label":"Discuss","custom_id":"d:1"}]}]}"""
            )
        );

        var clicked = saga.Click(caller.Text, card.Id, "d:1");
        var click = caller.Told[^1].Data;
        await Callback(
            caller,
            click,
            9,
            """{"custom_id":"m:1","title":"Say it","components":[{"type":18,"label":"Text","component":{"type":4,"custom_id":"t","style":2,"max_length":5}}]}"""
        );
        var tooLong = Assert.Throws<FakeApiException>(() => saga.SubmitModal(clicked, new() { ["t"] = "too long" }));
        var sent = saga.SubmitModal(clicked, new JsonObject { ["t"] = "Yes" });
        var modal = caller.Told[^1].Data;
        await Callback(caller, modal, 7, """{"content":"Card, discussed"}""");
        var entry = await sent.AnswerAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Card", click["message"]!["content"]!.ToString());
        Assert.Equal(50035, tooLong.Code);
        Assert.Equal("Yes", modal["data"]!["components"]![0]!["component"]!["value"]!.ToString());
        Assert.Equal("updated", entry["kind"]!.ToString());
        Assert.Equal(
            "Card, discussed",
            (await caller.BotAsync("GET", $"/channels/{caller.Text}/messages/{card.Id}"))["content"]
        );
    }

    [Fact]
    public async Task A_message_command_shows_its_target_whole()
    {
        await using var caller = await StartAsync();
        var saga = caller.Server.Human("saga_w");
        var id = await saga.SayAsync(caller.Text, "Words", null, TestContext.Current.CancellationToken);
        caller.Server.Driver.SetMessageContent(false);

        saga.RunMessageCommand(caller.Text, "Comment number & link", id);

        var data = caller.Told[^1].Data["data"]!;
        Assert.Equal($"{id}", data["target_id"]!.ToString());
        Assert.Equal("Words", data["resolved"]!["messages"]![$"{id}"]!["content"]!.ToString());
    }

    [Fact]
    public async Task An_endpoint_is_tried_before_it_is_used_and_then_gets_signed_interactions()
    {
        await using var caller = await StartAsync();
        await using var careless = await EndpointAsync(_ => true);
        await using var careful = await EndpointAsync(request => IsSigned(caller.Server.PublicKey, request));
        var token = TestContext.Current.CancellationToken;

        var refused = await caller.Server.SetInteractionsEndpointAsync(careless.Urls.First(), token);
        var taken = await caller.Server.SetInteractionsEndpointAsync(careful.Urls.First(), token);
        var told = caller.Told.Count;
        var asked = caller.Server.Human("Kofi").RunCommand(caller.Text, "news search", new() { ["words"] = "a" });
        var entry = await asked.AnswerAsync(token);

        Assert.Contains("401", refused);
        Assert.Null(taken);
        Assert.Equal("Signed", entry["message"]!["content"]!.ToString());
        Assert.DoesNotContain(caller.Told.Skip(told), one => one.Event == "INTERACTION_CREATE");
    }

    private static async Task<Caller> StartAsync()
    {
        var caller = await Caller.StartAsync();
        var path = $"/applications/{caller.Server.ApplicationId}/guilds/{caller.Server.GuildId}/commands";
        var registered = await caller.BotAsync("PUT", path, JsonNode.Parse(Command));
        Assert.Equal(200, registered.Status);
        return caller;
    }

    private static Task<Answer> Callback(Caller caller, JsonObject interaction, int type, string data) =>
        caller.AskAsync(
            "POST",
            $"/interactions/{interaction["id"]}/{interaction["token"]}/callback",
            new JsonObject { ["type"] = type, ["data"] = JsonNode.Parse(data) }
        );

    private static async Task<WebApplication> EndpointAsync(
        Func<(string Signature, string Timestamp, byte[] Body), bool> check
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost(
            "/",
            async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                var headers = context.Request.Headers;
                var request = (
                    headers["X-Signature-Ed25519"].ToString(),
                    headers["X-Signature-Timestamp"].ToString(),
                    body.ToArray()
                );
                if (!check(request))
                {
                    context.Response.StatusCode = 401;
                    return;
                }

                var isPing = JsonNode.Parse(body.ToArray())!["type"]!.ToString() == "1";
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(
                    isPing ? """{"type":1}""" : """{"type":4,"data":{"content":"Signed","flags":64}}""",
                    context.RequestAborted
                );
            }
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static bool IsSigned(string publicKey, (string Signature, string Timestamp, byte[] Body) request)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: false, new Ed25519PublicKeyParameters(Convert.FromHexString(publicKey)));
        var head = Encoding.UTF8.GetBytes(request.Timestamp);
        signer.BlockUpdate(head, 0, head.Length);
        signer.BlockUpdate(request.Body, 0, request.Body.Length);
        return signer.VerifySignature(Convert.FromHexString(request.Signature));
    }
}
