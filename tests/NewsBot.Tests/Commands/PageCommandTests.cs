using System.Text;
using NewsBot.Core.Commands;

namespace NewsBot.Tests.Commands;

/// <summary>Pages without a feed, added by selectors.</summary>
public sealed class PageCommandTests
{
    private const string Address = "https://town.example/news";

    private const string Page = """
        <html><head><title>Town News</title></head><body><div class="list">
        <article class="teaser"><h2><a href="/1">Ferry is back after forty days</a></h2><time datetime="2026-03-02T08:00:00Z"></time><b>Old pier</b></article>
        <article class="teaser"><h2><a href="/2">Bridge and road closed on Monday</a></h2><b>New bridge</b></article>
        <article class="teaser"><h2><a href="/3">Market moves to the old harbour</a></h2><b>Fish hall</b></article>
        </div></body></html>
        """;

    [Fact]
    public async Task A_page_without_a_feed_is_added_by_what_repeats_in_it()
    {
        await using var rig = await RigAsync();

        var shown = await rig.AskAsync($"add {Address}");

        Assert.Equal(CommandEnding.Asked, shown.Ending);
        Assert.Contains("a page, 3 entries", shown.Markdown);
        Assert.Contains("`article.teaser`", shown.Markdown);
        Assert.Contains("[Ferry is back after forty days](<https://town.example/1>) · 60 minutes ago", shown.Markdown);
        await rig.AskAsync($"confirm {shown.ConfirmCode}");
        Assert.Equal("article.teaser", await rig.ValueAsync<string>("SELECT recipe FROM feed WHERE id > 2"));
        Assert.Equal("Town News", await rig.ValueAsync<string>("SELECT name FROM source WHERE id > 2"));
        Assert.StartsWith($"{Address}#", await rig.ValueAsync<string>("SELECT url FROM feed WHERE id > 2"));
        Assert.Contains("is in #news already", await rig.RefusedAsync($"add {Address}"));
    }

    [Fact]
    public async Task Selectors_of_the_admins_own_say_what_is_read()
    {
        await using var rig = await RigAsync();

        var shown = await rig.AskAsync($"add {Address} --items \".list article; title: b\" --name Places");

        Assert.Contains("[Old pier](<https://town.example/1>)", shown.Markdown);
        await rig.AskAsync($"confirm {shown.ConfirmCode}");
        Assert.Equal(".list article; title: b", await rig.ValueAsync<string>("SELECT recipe FROM feed WHERE id > 2"));
        Assert.Equal("Places", await rig.ValueAsync<string>("SELECT name FROM source WHERE id > 2"));
    }

    [Fact]
    public async Task Other_selectors_for_a_page_that_is_there_are_a_change_that_can_be_undone()
    {
        await using var rig = await RigAsync();
        await rig.DoAsync($"add {Address}");
        await rig.SqlAsync("UPDATE feed SET few_in_row = 3, usual_entries = 30, body_hash = 'h' WHERE id > 2");

        var shown = await rig.AskAsync($"add {Address} --items \".list article\"");

        Assert.Contains("article.teaser", shown.Markdown);
        Assert.Contains(".list article", shown.Markdown);
        await rig.AskAsync($"confirm {shown.ConfirmCode}");
        Assert.Equal(".list article", await rig.ValueAsync<string>("SELECT recipe FROM feed WHERE id > 2"));
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT few_in_row FROM feed WHERE id > 2"));
        Assert.Null(await rig.ValueAsync<string>("SELECT body_hash FROM feed WHERE id > 2"));
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT COUNT(*) FROM source WHERE name = 'Town News'"));
        await rig.DoAsync("undo");
        Assert.Equal("article.teaser", await rig.ValueAsync<string>("SELECT recipe FROM feed WHERE id > 2"));
    }

    [Theory]
    [InlineData("li >", "It ends too early")]
    [InlineData(".gone", "`article.teaser` would match 3 entries")]
    [InlineData("p; body: x", "is no part of an item")]
    public async Task Selectors_that_do_not_work_are_refused_with_what_would(string items, string expected)
    {
        await using var rig = await RigAsync();

        Assert.Contains(expected, await rig.RefusedAsync($"add {Address} --items \"{items}\""));
    }

    [Fact]
    public async Task A_test_shows_the_page_and_how_to_add_it()
    {
        await using var rig = await RigAsync();

        var reply = await rig.AskAsync($"test {Address}");

        Assert.Equal(CommandEnding.Done, reply.Ending);
        Assert.Equal([$"add {Address} --items \"article.teaser\""], reply.Suggestions);
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM feed"));
    }

    [Fact]
    public async Task A_page_that_brings_far_fewer_is_told_in_the_list()
    {
        await using var rig = await RigAsync();
        await rig.DoAsync($"add {Address}");
        await rig.SqlAsync("UPDATE feed SET few_in_row = 3, usual_entries = 30, last_entries = 4 WHERE id > 2");

        var list = await rig.AskAsync("list");

        Assert.Contains("brings only 4 instead of about 30 entries", list.Markdown);
    }

    [Fact]
    public async Task Selectors_go_out_and_come_in_again_with_the_configuration_and_the_list()
    {
        await using var rig = await RigAsync();
        await using var other = await CommandRig.NewAsync();
        await using var third = await CommandRig.NewAsync();
        await rig.DoAsync($"add {Address}");

        var json = (await rig.AskAsync("export json")).File!;
        var opml = (await rig.AskAsync("export opml")).File!;
        await other.ImportAsync(Encoding.UTF8.GetString(json.Bytes.Span), isConfirmed: true);
        await third.ImportAsync(Encoding.UTF8.GetString(opml.Bytes.Span), isConfirmed: true);

        const string Recipe = "SELECT recipe FROM feed WHERE url LIKE 'https://town.example/%'";
        Assert.Equal("article.teaser", await other.ValueAsync<string>(Recipe));
        Assert.Equal("article.teaser", await third.ValueAsync<string>(Recipe));
    }

    private static async Task<CommandRig> RigAsync()
    {
        var rig = await CommandRig.NewAsync();
        rig.Web[Address] = ("text/html", Page);
        return rig;
    }
}
