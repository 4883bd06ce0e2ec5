using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Posts;

namespace NewsBot.Tests.Commands;

/// <summary>Which news a channel gets: breaking, languages, variety; and the digest that is shown before it is posted.</summary>
public sealed class ChannelChoiceTests
{
    [Theory]
    [InlineData("channel breaking 4 2 hours", 4, 7_200_000)]
    [InlineData("channel breaking 2 45", 2, 2_700_000)]
    [InlineData("channel breaking 5", 5, 10_800_000)]
    public async Task What_is_breaking_is_set_and_a_digest_channel_gets_it_at_once_then(
        string line,
        long outlets,
        long ms
    )
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync("UPDATE channel SET mode = 'digest', schedule = 'daily 9:00 UTC'");

        await rig.DoAsync(line);

        Assert.Equal(outlets, await rig.ValueAsync<long>("SELECT breaking_outlets FROM channel WHERE id = 1"));
        Assert.Equal(ms, await rig.ValueAsync<long>("SELECT breaking_ms FROM channel WHERE id = 1"));
        Assert.Equal("digest+breaking", await rig.ValueAsync<string>("SELECT mode FROM channel WHERE id = 1"));
        await rig.DoAsync("channel breaking off");
        Assert.Equal("digest", await rig.ValueAsync<string>("SELECT mode FROM channel WHERE id = 1"));
    }

    [Theory]
    [InlineData("channel breaking 1")]
    [InlineData("channel breaking 3 a while")]
    [InlineData("channel breaking 3 2 days")]
    [InlineData("channel languages english")]
    [InlineData("channel variety 0")]
    public async Task What_cannot_be_is_refused_with_how_it_looks(string line)
    {
        await using var rig = await CommandRig.NewAsync();

        Assert.Contains("such as `/news channel", await rig.RefusedAsync(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Languages_and_variety_are_set_exported_imported_and_taken_back()
    {
        await using var rig = await CommandRig.NewAsync();

        await rig.DoAsync("channel languages DE, en");
        await rig.DoAsync("channel variety 3");
        var file = System.Text.Encoding.UTF8.GetString((await rig.AskAsync("export json")).File!.Bytes.Span);
        await rig.DoAsync("channel languages all");
        await rig.DoAsync("undo");
        Assert.Equal("de en", await rig.ValueAsync<string>("SELECT languages FROM channel WHERE id = 1"));
        await rig.DoAsync("channel languages all");
        await rig.ImportAsync(file, isConfirmed: true);

        Assert.Equal("de en", await rig.ValueAsync<string>("SELECT languages FROM channel WHERE id = 1"));
        Assert.Equal(3, await rig.ValueAsync<long>("SELECT digest_per_source FROM channel WHERE id = 1"));
    }

    [Fact]
    public async Task What_is_confirmed_is_what_was_shown()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync("UPDATE channel SET mode = 'digest', schedule = 'daily 9:00 UTC'");
        await rig.StoryAsync(1, "Harbour bridge opens");
        await rig.SqlAsync(
            "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (1, 1, 'waiting', @Now)"
        );

        var shown = await rig.AskAsync("digest now");
        await rig.AskAsync($"confirm {shown.ConfirmCode}");

        Assert.Equal(CommandEnding.Asked, shown.Ending);
        Assert.Equal(2, shown.Preview!.Posts.Count);
        Assert.Contains("Harbour bridge opens", shown.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("Harbour bridge opens", shown.TextOn(Platform.Web), StringComparison.Ordinal);
        Assert.Contains("Harbour bridge opens", shown.TextOn(Platform.Slack), StringComparison.Ordinal);
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT COUNT(*) FROM digest_draft"));
        Assert.IsType<PostBody.DigestHeading>(shown.Preview.Posts[0]);
    }
}
