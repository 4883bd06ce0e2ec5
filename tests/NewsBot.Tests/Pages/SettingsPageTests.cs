using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Pages;

/// <summary>The commands of admins and moderators as forms, in a browser without scripts.</summary>
public sealed class SettingsPageTests(PageServer server) : IClassFixture<PageServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_nobody_or_no_moderator_sees_none_of_it()
    {
        using var stranger = server.Browser();
        using var member = await SignedInAsync("member");

        using var nobody = await stranger.GetAsync("/settings", Token);
        using var form = await member.GetAsync("/settings/channel-mode", Token);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (nobody.StatusCode, form.StatusCode));
        Assert.Empty((await PageServer.ParseAsync(form)).QuerySelectorAll("form[method=post]"));
    }

    [Fact]
    public async Task Everybody_finds_what_they_may_use_and_every_form_is_complete()
    {
        using var admin = await SignedInAsync("admin");
        var page = await server.PageAsync("/settings", admin);

        var links = page.QuerySelectorAll("main section a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(
            Catalogue
                .All.Where(spec => spec.Role > Role.Member)
                .Select(SettingsCatalogue.Path)
                .Order(StringComparer.Ordinal),
            links.Order(StringComparer.Ordinal)
        );
        foreach (var spec in Catalogue.All.Where(spec => spec.Role > Role.Member))
        {
            var form = Form(await server.PageAsync(SettingsCatalogue.Path(spec), admin));
            var fields = form.QuerySelectorAll("[name]:not([type=hidden]):not(button)").ToList();
            Assert.Empty(
                spec.Arguments.Select(argument => argument.Name)
                    .Except(fields.Select(field => field.GetAttribute("name")!))
            );
            Assert.All(fields, field => Assert.NotNull(form.QuerySelector($"label[for='{field.Id}']")));
        }
    }

    [Fact]
    public async Task A_moderator_has_the_moderators_part()
    {
        using var moderator = await SignedInAsync("moderator");

        var page = await server.PageAsync("/settings", moderator);
        using var admins = await moderator.GetAsync("/settings/channel-mode", Token);
        var hide = Form(await server.PageAsync("/settings/hide", moderator));
        using var forged = await PageServer.SubmitAsync(moderator, hide, ("comment", "1#1"));
        using var other = await moderator.PostAsync(
            "/settings/takedown",
            new FormUrlEncodedContent([
                KeyValuePair.Create("proof", hide.QuerySelector("[name=proof]")!.GetAttribute("value")!),
                KeyValuePair.Create("story", "1"),
            ]),
            Token
        );

        Assert.NotNull(page.QuerySelector("a[href='/settings/hide']"));
        Assert.Null(page.QuerySelector("a[href='/settings/channel-mode']"));
        Assert.Equal(HttpStatusCode.Forbidden, admins.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Fact]
    public async Task A_change_is_shown_first_and_made_once_it_is_confirmed()
    {
        using var admin = await SignedInAsync("admin");
        var channel = Channel("mode");
        var form = Form(await server.PageAsync("/settings/channel-mode", admin));

        using var shown = await PageServer.SubmitAsync(admin, form, ("mode", "instant"), ("channel", channel));
        var asked = await PageServer.ParseAsync(shown);
        Assert.Equal(0, Instant(channel));
        Assert.Contains("instant", asked.GetElementById("answer")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("/news confirm", asked.GetElementById("answer")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("instant", ((IHtmlSelectElement)asked.GetElementById("f-mode")!).Value);

        using var made = await PageServer.SubmitAsync(admin, Form(asked, "/confirm"));
        var done = await PageServer.ParseAsync(made);
        Assert.Equal(1, Instant(channel));
        Assert.Equal("status", done.GetElementById("answer")!.GetAttribute("role"));
        Assert.Contains(
            done.QuerySelectorAll("#answer a"),
            link => link.GetAttribute("href")!.StartsWith("/settings/undo?id=", StringComparison.Ordinal)
        );

        using var again = await PageServer.SubmitAsync(admin, Form(asked, "/confirm"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal(
            1,
            server.Count($"SELECT COUNT(*) FROM audit WHERE target LIKE '{channel} %' OR target = '{channel}'")
        );
    }

    [Fact]
    public async Task What_is_cancelled_or_confirmed_by_another_is_not_made()
    {
        using var admin = await SignedInAsync("admin");
        using var other = await SignedInAsync("admin");
        var channel = Channel("cancel");
        var form = Form(await server.PageAsync("/settings/channel-mode", admin));
        using var shown = await PageServer.SubmitAsync(admin, form, ("mode", "instant"), ("channel", channel));
        var asked = await PageServer.ParseAsync(shown);
        var theirs = Form(await server.PageAsync("/settings/channel-mode", other));

        using var stolen = await other.PostAsync(
            "/settings/channel-mode/confirm",
            new FormUrlEncodedContent([
                KeyValuePair.Create("proof", theirs.QuerySelector("[name=proof]")!.GetAttribute("value")!),
                KeyValuePair.Create(
                    "code",
                    Form(asked, "/confirm").QuerySelector("[name=code]")!.GetAttribute("value")!
                ),
            ]),
            Token
        );
        using var cancelled = await PageServer.SubmitAsync(admin, Form(asked, "/cancel"));
        using var late = await PageServer.SubmitAsync(admin, Form(asked, "/confirm"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, stolen.StatusCode);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Equal(0, Instant(channel));
        Assert.Equal(
            "instant",
            ((IHtmlSelectElement)(await PageServer.ParseAsync(cancelled)).GetElementById("f-mode")!).Value
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("/confirm")]
    [InlineData("/cancel")]
    public async Task A_form_without_its_proof_changes_nothing(string action)
    {
        using var admin = await SignedInAsync("admin");
        var channel = Channel("proof");

        using var answer = await admin.PostAsync(
            "/settings/channel-mode" + action,
            new FormUrlEncodedContent([
                KeyValuePair.Create("mode", "instant"),
                KeyValuePair.Create("channel", channel),
                KeyValuePair.Create("proof", "forged"),
            ]),
            Token
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, Instant(channel));
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_form_and_what_was_typed_stays()
    {
        using var admin = await SignedInAsync("admin");
        var form = Form(await server.PageAsync("/settings/digest-set", admin));

        using var answer = await PageServer.SubmitAsync(
            admin,
            form,
            ("schedule", "<script>alert(1)</script> --channel"),
            ("channel", Channel("wrong"))
        );
        var page = await PageServer.ParseAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("alert", page.GetElementById("answer")!.GetAttribute("role"));
        Assert.Empty(page.QuerySelectorAll("main script"));
        Assert.Equal("<script>alert(1)</script> --channel", page.GetElementById("f-schedule")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_form_opened_from_a_link_is_filled_in()
    {
        using var admin = await SignedInAsync("admin");

        var page = await server.PageAsync("/settings/channel-mode?mode=digest", admin);
        using var unknown = await admin.GetAsync("/settings/no-such-thing", Token);

        Assert.Equal("digest", ((IHtmlSelectElement)page.GetElementById("f-mode")!).Value);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task An_export_is_shown_and_handed_out_as_a_file()
    {
        using var admin = await SignedInAsync("admin");
        var form = Form(await server.PageAsync("/settings/export", admin));

        using var shown = await PageServer.SubmitAsync(admin, form, ("format", "json"));
        using var file = await PageServer.SubmitAsync(admin, form, ("format", "json"), ("download", "1"));

        Assert.NotNull((await PageServer.ParseAsync(shown)).QuerySelector("button[name=download]"));
        Assert.Equal("application/json", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task A_list_of_feeds_comes_as_a_file_and_waits_for_the_confirmation()
    {
        const string Opml =
            """<opml version="2.0"><body><outline type="rss" text="The Daily" xmlUrl="https://daily.example/feed"/></body></opml>""";
        using var admin = await SignedInAsync("admin");
        var form = Form(await server.PageAsync("/settings/import", admin));
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.QuerySelector("[name=proof]")!.GetAttribute("value")!), "proof" },
            { new StringContent(Channel("import")), "channel" },
            { new StringContent(""), "url" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Opml)), "file", "feeds.opml" },
        };

        using var shown = await admin.PostAsync("/settings/import", content, Token);
        var asked = await PageServer.ParseAsync(shown);
        Assert.Contains("The Daily", asked.GetElementById("answer")!.TextContent, StringComparison.Ordinal);
        using var made = await PageServer.SubmitAsync(admin, Form(asked, "/confirm"));

        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal(1, server.Count("SELECT COUNT(*) FROM source WHERE name = 'The Daily'"));
    }

    private async Task<HttpClient> SignedInAsync(string role)
    {
        var browser = server.Browser();
        var name = $"{role} {Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}"[..28];
        Channel("door");
        var door = await server.PageAsync("/chat/door", browser);
        using var claimed = await PageServer.SubmitAsync(browser, Form(door, "/chat/name"), ("name", name));
        Assert.Equal(HttpStatusCode.SeeOther, claimed.StatusCode);
        server.Count($"UPDATE member SET role = '{role}' WHERE name = '{name}' RETURNING id");
        return browser;
    }

    /// <summary>A channel of the built-in chat, made once.</summary>
    /// <returns>Such as "channel-3".</returns>
    private string Channel(string name)
    {
        server.Count(
            $"""
            INSERT INTO channel (community_id, workspace_id, external_id, name, mode, publication, created_at)
            SELECT 1, id, '{name}', '{name}', 'digest+breaking', 'public', 0 FROM workspace
            WHERE platform = 'web' AND NOT EXISTS (SELECT 1 FROM channel WHERE name = '{name}')
            RETURNING id
            """
        );
        return $"channel-{server.Count($"SELECT id FROM channel WHERE name = '{name}'")}";
    }

    private long Instant(string channel) =>
        server.Count($"SELECT COUNT(*) FROM channel WHERE 'channel-' || id = '{channel}' AND mode = 'instant'");

    private static IHtmlFormElement Form(IHtmlDocument page, string ending = "") =>
        page.QuerySelectorAll("form[method=post]")
            .OfType<IHtmlFormElement>()
            .First(form =>
                ending.Length > 0
                    ? form.GetAttribute("action")!.EndsWith(ending, StringComparison.Ordinal)
                    : form.ClassList.Contains("fields")
            );
}
