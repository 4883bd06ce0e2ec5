using System.Text;
using NewsBot.Core.Commands;

namespace NewsBot.Tests.Commands;

public sealed class ImportTests
{
    [Fact]
    public async Task An_import_shows_the_difference_first_and_posts_nothing_old()
    {
        await using var rig = await CommandRig.NewAsync();
        const string List = """
            <opml version="2.0"><body><outline text="World">
            <outline text="The Daily" xmlUrl="https://daily.example/feed"/>
            <outline text="New one" xmlUrl="https://new.example/feed"/>
            </outline></body></opml>
            """;

        var shown = await rig.ImportAsync(List, isConfirmed: false);

        Assert.Equal(CommandEnding.Asked, shown.Ending);
        Assert.Contains("1 new source and 0 known sources; 1 source of the list", shown.Markdown);
        Assert.Contains("- new: [New one]", shown.Markdown);
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM source"));
        await rig.ImportAsync(List, isConfirmed: true);
        Assert.Equal("World", await rig.ValueAsync<string>("SELECT category FROM source WHERE id = 3"));
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT offer FROM subscription WHERE source_id = 3"));
        Assert.Equal(CommandEnding.Refused, (await rig.ImportAsync(List, isConfirmed: true)).Ending);
        await rig.DoAsync("undo");
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM source"));
    }

    [Fact]
    public async Task A_half_broken_list_of_ten_thousand_lines_gives_what_can_be_read_and_names_the_rest()
    {
        await using var rig = await CommandRig.NewAsync();
        var list = new StringBuilder("<opml version=\"2.0\"><body>\n");
        for (var i = 0; i < 10_000; i++)
        {
            var line =
                i % 2 == 0
                    ? $"<outline text=\"Feed {i}\" xmlUrl=\"https://f{i}.example/feed\"/>\n"
                    : $"<outline text=\"Feed {i}\" xmlUrl=\"nonsense {i}\"/>\n";
            list.Append(line);
        }

        var done = await rig.ImportAsync(list.Append("</body>").ToString(), isConfirmed: true);

        Assert.Equal(CommandEnding.Done, done.Ending);
        Assert.Equal(5_002, await rig.ValueAsync<long>("SELECT COUNT(*) FROM source"));
        Assert.True(await rig.ValueAsync<long>("SELECT COUNT(DISTINCT next_poll_at) FROM feed") > 4_000);
        Assert.Contains("too large", await rig.RefusedAsync("undo"));
        Assert.Contains(
            "What could not be read",
            (await rig.ImportAsync(list.ToString(), isConfirmed: false)).Markdown
        );
    }

    [Fact]
    public async Task The_whole_configuration_goes_out_and_comes_in_again()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.DoAsync("filter set daily -rumor");
        await rig.DoAsync("digest set weekdays 8:30 Europe/Berlin");
        await rig.DoAsync("edit gadgets weight 3");
        await rig.DoAsync("words add spam");
        var json = Encoding.UTF8.GetString((await rig.AskAsync("export json")).File!.Bytes.Span);

        await using var other = await CommandRig.NewAsync();
        var shown = await other.ImportAsync(json, isConfirmed: false);
        Assert.Contains("Gadgets \\& Co, weight: 1 → **3**", shown.Markdown);
        Assert.Contains("new word: `spam`", shown.Markdown);
        await other.ImportAsync(json, isConfirmed: true);

        Assert.Equal(json, Encoding.UTF8.GetString((await other.AskAsync("export json")).File!.Bytes.Span));
        Assert.NotNull(await other.ValueAsync<long?>("SELECT next_digest_at FROM channel WHERE id = 1"));
        Assert.Contains("All is as in the file", (await other.ImportAsync(json, isConfirmed: true)).Markdown);
    }

    [Fact]
    public async Task Tags_and_sending_to_followers_go_out_and_come_in_where_the_channel_has_them()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync("UPDATE channel SET kind = 'forum', tags = 'World,Sea' WHERE id = 1");
        await rig.SqlAsync("UPDATE channel SET kind = 'announcement', crosspost = 1 WHERE id = 2");
        var json = Encoding.UTF8.GetString((await rig.AskAsync("export json")).File!.Bytes.Span);

        await using var other = await CommandRig.NewAsync();
        var refused = await other.ImportAsync(json, isConfirmed: true);
        await other.SqlAsync("UPDATE channel SET kind = 'forum' WHERE id = 1");
        await other.SqlAsync("UPDATE channel SET kind = 'announcement' WHERE id = 2");
        await other.ImportAsync(json, isConfirmed: true);

        Assert.Contains("it is no forum", refused.Markdown);
        Assert.Contains("it is no announcement channel", refused.Markdown);
        Assert.Equal("World,Sea", await other.ValueAsync<string>("SELECT tags FROM channel WHERE id = 1"));
        Assert.Equal(1, await other.ValueAsync<long>("SELECT crosspost FROM channel WHERE id = 2"));
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("{\"newsbot\": 99}", "newer NewsBot")]
    [InlineData("{}", "lacks")]
    [InlineData("{\"newsbot\": 1, \"colour\": 3}", "cannot be read")]
    [InlineData(
        "{\"newsbot\": 1, \"channels\": [{\"platform\": \"web\", \"id\": \"news\", \"schedule\": \"whenever\"}]}",
        "Left out"
    )]
    [InlineData("{\"newsbot\": 1, \"sources\": [{\"name\": \"x\", \"url\": \"javascript:1\"}]}", "cannot be used")]
    [InlineData("no list at all", "No feed could be read")]
    public async Task A_file_that_is_something_else_is_refused_in_words(string text, string expected)
    {
        await using var rig = await CommandRig.NewAsync();

        var reply = await rig.ImportAsync(text, isConfirmed: true);

        Assert.Equal(CommandEnding.Refused, reply.Ending);
        Assert.Contains(expected, reply.Markdown);
    }

    [Fact]
    public async Task The_list_of_feeds_goes_out_as_OPML()
    {
        await using var rig = await CommandRig.NewAsync();

        var opml = Encoding.UTF8.GetString((await rig.AskAsync("export")).File!.Bytes.Span);

        Assert.Contains("Gadgets &amp; Co", opml);
        Assert.Contains("https://daily.example/feed", opml);
    }

    [Fact]
    public async Task A_set_of_sources_is_added_by_its_name()
    {
        await using var rig = await CommandRig.NewAsync();

        await rig.DoAsync("bundle add science");

        Assert.True(await rig.ValueAsync<long>("SELECT COUNT(*) FROM source WHERE category = 'Science'") > 1);
        Assert.Contains("There is no set", await rig.RefusedAsync("bundle add knitting"));
    }
}
