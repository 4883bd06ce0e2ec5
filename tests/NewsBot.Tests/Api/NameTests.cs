using System.Net;
using Dapper;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NewsBot.Storage;

namespace NewsBot.Tests.Api;

/// <summary>Names in the built-in chat, and the forms that take them.</summary>
public sealed class NameTests(ApiNewsroom newsroom) : IClassFixture<ApiNewsroom>
{
    private const string Channel = "names";

    [Fact]
    public async Task The_first_browser_becomes_admin_and_the_second_does_not()
    {
        await using var fresh = await ApiNewsroom.StartAsync();
        fresh.Builder.Channel(Channel);
        using var first = Browser(fresh);
        using var second = Browser(fresh);

        var answer = await ClaimAsync(first, "Ada");
        await ClaimAsync(second, "Bo");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Response.StatusCode);
        var cookie = answer
            .Response.Headers.GetValues("Set-Cookie")
            .Single(value => value.StartsWith("newsbot=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([("Ada", "admin"), ("Bo", "member")], await RolesAsync(fresh));
    }

    [Fact]
    public async Task Where_others_can_call_nobody_becomes_admin_by_being_first_and_the_join_word_is_asked_for()
    {
        await using var open = await ApiNewsroom.StartAsync(
            "--Web:PublicUrl=https://news.example.org",
            "--Chat:Web:JoinSecret=opensesame"
        );
        open.Builder.Channel(Channel);
        using var browser = Browser(open);

        var wrong = await ClaimAsync(browser, "Ada", "closesesame");
        var none = await ClaimAsync(browser, "Ada");
        var right = await ClaimAsync(browser, "Ada", "opensesame");

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            (wrong.Response.StatusCode, none.Response.StatusCode)
        );
        Assert.Contains("join word", wrong.Text);
        Assert.Equal(HttpStatusCode.SeeOther, right.Response.StatusCode);
        Assert.Equal([("Ada", "member")], await RolesAsync(open));
    }

    [Fact]
    public async Task A_name_belongs_to_whoever_took_it_first_in_every_spelling()
    {
        Room();
        using var first = Browser(newsroom);
        Assert.Equal(HttpStatusCode.SeeOther, (await ClaimAsync(first, "Zoë Park")).Response.StatusCode);

        foreach (var name in new[] { "Zoë Park", "ZOË  park", " zoe\u0308 Park ", "Ｚoë Park", "Zo\u200Bë\u202E Park" })
        {
            using var second = Browser(newsroom);
            var answer = await ClaimAsync(second, name);
            Assert.Equal(HttpStatusCode.Conflict, answer.Response.StatusCode);
            Assert.Contains("is taken", answer.Text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("!!!")]
    [InlineData("\u202E\u200B")]
    [InlineData("NewsBot")]
    [InlineData("@everyone")]
    [InlineData("here")]
    [InlineData("12345678901234567890123456789012345678901")]
    public async Task A_name_that_cannot_be_one_is_refused_with_a_sentence(string name)
    {
        Room();
        using var browser = Browser(newsroom);

        var answer = await ClaimAsync(browser, name);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Response.StatusCode);
        Assert.NotEqual("", answer.Html.QuerySelector("#name-problem")?.TextContent ?? "");
        (
            await newsroom.SendAsync(HttpMethod.Post, "/api/v1/channels/1/messages", new { author = name, text = "x" })
        ).IsProblem(422);
    }

    [Fact]
    public async Task A_form_without_its_proof_writes_nothing()
    {
        Room();
        using var browser = Browser(newsroom);
        await ClaimAsync(browser, "Prover");
        var forms = new (string Path, HttpContent Body)[]
        {
            ("/chat/name", Form(("name", "Thief"))),
            ($"/chat/{Channel}/messages", Form(("text", "x"))),
            ($"/chat/{Channel}/messages", Form(("text", "x"), ("proof", "forged"))),
            ($"/chat/{Channel}/messages", new StringContent("text=x")),
            ($"/chat/{Channel}/messages/1/edit", Form(("text", "x"))),
            ($"/chat/{Channel}/messages/1/delete", Form()),
        };

        foreach (var (path, body) in forms)
        {
            using var answer = await browser.PostAsync(path, body, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.DoesNotContain(await RolesAsync(newsroom), member => member.Name == "Thief");
    }

    [Fact]
    public async Task A_form_that_stood_open_over_a_restart_is_still_taken_and_no_key_lies_outside_the_database()
    {
        await using var fresh = await ApiNewsroom.StartAsync();
        fresh.Builder.Channel(Channel);
        var cookies = new CookieContainer();
        string proof;
        using (var before = Browser(fresh, cookies))
        {
            proof = await ProofAsync(before);
        }

        await fresh.Running.RestartAsync();
        using var after = Browser(fresh, cookies);
        using var named = await after.PostAsync(
            "/chat/name",
            Form(("name", "Ada"), ("channel", Channel), ("proof", proof)),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.SeeOther, named.StatusCode);
        var database = fresh.Running.Services.GetRequiredService<Database>();
        Assert.Equal(
            1,
            await database.ReadAsync(
                connection => connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM data_protection_key"),
                TestContext.Current.CancellationToken
            )
        );
        Assert.IsType<KeyRepository>(
            fresh.Running.Services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository
        );
    }

    private void Room() =>
        newsroom.Builder.Run(
            $"""
            INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, created_at)
            SELECT 1, id, '{Channel}', '{Channel}', 'instant', 'public', 1 FROM workspace WHERE platform = 'web'
            ON CONFLICT DO NOTHING
            """
        );

    private static HttpClient Browser(ApiNewsroom newsroom, CookieContainer? cookies = null)
    {
        var client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies ?? new CookieContainer() }
        )
        {
            BaseAddress = newsroom.Running.Http.BaseAddress,
        };
        return client;
    }

    private static async Task<Answer> ClaimAsync(HttpClient browser, string name, string? join = null)
    {
        var proof = await ProofAsync(browser);
        var body = Form(("name", name), ("join", join ?? ""), ("channel", Channel), ("proof", proof));
        var response = await browser.PostAsync("/chat/name", body, TestContext.Current.CancellationToken);
        return new Answer(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string> ProofAsync(HttpClient browser)
    {
        using var response = await browser.GetAsync($"/chat/{Channel}", TestContext.Current.CancellationToken);
        var page = new Answer(
            response,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        return page.Html.QuerySelector("input[name=proof]")!.GetAttribute("value")!;
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static async Task<IReadOnlyList<(string Name, string Role)>> RolesAsync(ApiNewsroom newsroom) =>
        [
            .. await newsroom
                .Running.Services.GetRequiredService<Database>()
                .ReadAsync(
                    connection => connection.QueryAsync<(string, string)>("SELECT name, role FROM member ORDER BY id"),
                    TestContext.Current.CancellationToken
                ),
        ];
}
