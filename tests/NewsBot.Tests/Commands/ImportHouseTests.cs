using System.Text;

namespace NewsBot.Tests.Commands;

/// <summary>What of a configuration belongs to no source: how discussions are told, moderated and listed.</summary>
public sealed class ImportHouseTests
{
    private const string Desk = """
        INSERT INTO channel (id, community_id, workspace_id, external_id, name, publication, created_at)
        VALUES (3, 1, 1, 'desk', 'desk', 'off', @Now)
        """;

    [Fact]
    public async Task How_discussions_are_told_and_moderated_goes_out_and_comes_in_again()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync(Desk);
        await rig.DoAsync("digest discussion weekly monday 9:00 Europe/Berlin");
        await rig.DoAsync("channel mirror two-way within");
        await rig.DoAsync("moderation channel #desk");
        await rig.DoAsync("moderation log public");
        await rig.DoAsync("words links hold-new-members");
        await rig.DoAsync("words add link:https://www.spam.example/x");
        await rig.DoAsync("indexing on");
        var json = await ExportAsync(rig);

        await using var other = await CommandRig.NewAsync();
        await other.SqlAsync(Desk);
        var shown = await other.ImportAsync(json, isConfirmed: false);
        Assert.Equal("private", await LogAsync(other));
        await other.ImportAsync(json, isConfirmed: true);

        foreach (
            var line in new[]
            {
                "discussion schedule: none → **mon 9:00 Europe/Berlin**",
                "mirror: collect → **two-way**",
                "moderators are asked in **#desk**",
                "moderation log: private → **public**",
                "replies with links: let-through → **hold-new-members**",
                "new word: `link:spam.example`",
                "search engines **may list**",
            }
        )
        {
            Assert.Contains(line, shown.Markdown, StringComparison.Ordinal);
        }

        Assert.Equal(json, await ExportAsync(other));
        Assert.NotNull(await other.ValueAsync<long?>("SELECT next_discussion_at FROM channel WHERE id = 1"));
        Assert.Equal(
            "Europe/Berlin",
            await other.ValueAsync<string>("SELECT discussion_zone FROM channel WHERE id = 1")
        );
        Assert.Contains("All is as in the file", (await other.ImportAsync(json, isConfirmed: true)).Markdown);
        await other.DoAsync("undo");
        Assert.Equal("private", await LogAsync(other));
        Assert.Equal(0, await other.ValueAsync<long>("SELECT indexing FROM community WHERE id = 1"));
        Assert.Equal(0, await other.ValueAsync<long>("SELECT COUNT(*) FROM word"));
        Assert.Null(await other.ValueAsync<string>("SELECT discussion_schedule FROM channel WHERE id = 1"));
    }

    [Fact]
    public async Task A_file_of_before_leaves_what_it_does_not_speak_of_as_it_is()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync(Desk);
        await rig.DoAsync("digest discussion weekly monday 9:00 Europe/Berlin");
        await rig.DoAsync("moderation channel #desk");
        await rig.DoAsync("moderation log public");
        await rig.DoAsync("indexing on");

        await rig.ImportAsync(
            """
            {"newsbot": 1, "channels": [{"platform": "web", "id": "news", "mode": "instant", "layout": "compact"}],
             "sources": [], "words": ["spam"]}
            """,
            isConfirmed: true
        );

        Assert.Equal("compact", await rig.ValueAsync<string>("SELECT layout FROM channel WHERE id = 1"));
        Assert.Equal(
            "mon 9:00 Europe/Berlin",
            await rig.ValueAsync<string>("SELECT discussion_schedule FROM channel WHERE id = 1")
        );
        Assert.Equal("public", await LogAsync(rig));
        Assert.Equal(3, await rig.ValueAsync<long>("SELECT channel_id FROM moderation"));
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT indexing FROM community WHERE id = 1"));
    }

    [Theory]
    [InlineData("\"moderation\": {\"log\": \"loud\"}", "moderation log: this is one of public, private, off")]
    [InlineData("\"moderation\": {\"links\": \"eat\"}", "replies with links: this is one of")]
    [InlineData("\"moderation\": {\"channel\": \"web:attic\"}", "there is no channel web:attic here")]
    [InlineData("\"moderation\": {\"channel\": \"web:news\"}", "would be in the open")]
    [InlineData("\"channels\": [{\"platform\": \"web\", \"id\": \"news\", \"discussion\": \"whenever\"}]", "Left out")]
    public async Task What_of_it_cannot_be_is_left_out_with_the_reason(string field, string expected)
    {
        await using var rig = await CommandRig.NewAsync();

        var reply = await rig.ImportAsync($"{{\"newsbot\": 1, {field}}}", isConfirmed: true);

        Assert.Contains(expected, reply.Markdown, StringComparison.Ordinal);
        Assert.Equal("private", await LogAsync(rig));
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM moderation WHERE channel_id IS NOT NULL"));
    }

    private static async Task<string> ExportAsync(CommandRig rig) =>
        Encoding.UTF8.GetString((await rig.AskAsync("export json")).File!.Bytes.Span);

    private static async Task<string> LogAsync(CommandRig rig) =>
        await rig.ValueAsync<string>("SELECT log FROM moderation WHERE community_id = 1") ?? "private";
}
