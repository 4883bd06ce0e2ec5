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
        Assert.Equal("World", await rig.ValueAsync<string>("SELECT category FROM source WHERE id > 2"));
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT offer FROM subscription WHERE source_id > 2"));
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

    [Fact]
    public async Task A_configuration_of_a_Discord_community_comes_into_a_Slack_one_by_the_names_of_its_channels()
    {
        await using var discord = await CommandRig.NewAsync();
        await discord.SqlAsync(
            """
            DELETE FROM subscription;
            UPDATE channel SET name = 'chat-' || name;
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (2, 1, 'discord', '81384788765712384', 'Guild');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, kind, mode, schedule, tags, crosspost, ping_role, created_at)
            VALUES (10, 1, 2, '175928847299117063', 'tech', 'forum', 'digest', 'weekdays 8:30 Europe/Berlin', 'World,Sea', 0, '175928847299117099', @Now),
                   (11, 1, 2, '175928847299117064', 'sea', 'announcement', 'instant', NULL, NULL, 1, NULL, @Now);
            INSERT INTO subscription (source_id, channel_id, filter, ping_role, created_at)
            VALUES (1, 10, '-rumor', '175928847299117099', @Now), (2, 11, NULL, NULL, @Now);
            """
        );
        var json = Encoding.UTF8.GetString((await discord.AskAsync("export json")).File!.Bytes.Span);
        await using var slack = await CommandRig.NewAsync();
        await slack.SqlAsync(
            """
            DELETE FROM subscription;
            DELETE FROM source WHERE id = 2;
            UPDATE channel SET name = 'chat-' || name;
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (2, 1, 'slack', 'T024BE7LD', 'Harbour');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, created_at)
            VALUES (10, 1, 2, 'C024BE91L', 'technology', @Now), (11, 1, 2, 'C024BE91M', 'sea', @Now);
            """
        );

        var missing = await slack.ImportAsync(json, isConfirmed: false);
        var done = await slack.ImportAsync(
            json.Replace("\"tech\"", "\"technology\"", StringComparison.Ordinal),
            isConfirmed: true
        );

        Assert.Contains("#tech: there is no such channel here", missing.Markdown);
        Assert.Contains("it is no forum", done.Markdown);
        Assert.Contains("it is no announcement channel", done.Markdown);
        Assert.Contains("role it pings is one of another chat", done.Markdown);
        Assert.Equal(
            "weekdays 8:30 Europe/Berlin",
            await slack.ValueAsync<string>(
                "SELECT schedule FROM channel WHERE id = 10 AND mode = 'digest' AND tags IS NULL AND ping_role IS NULL"
            )
        );
        Assert.Equal(
            "-rumor",
            await slack.ValueAsync<string>(
                "SELECT filter FROM subscription WHERE source_id = 1 AND channel_id = 10 AND ping_role IS NULL"
            )
        );
        Assert.Equal(
            1,
            await slack.ValueAsync<long>(
                "SELECT COUNT(*) FROM subscription sub JOIN source s ON s.id = sub.source_id WHERE s.name = 'Gadgets & Co' AND channel_id = 11"
            )
        );
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
