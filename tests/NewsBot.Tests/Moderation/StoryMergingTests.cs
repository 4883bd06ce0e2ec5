using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.Moderation;

/// <summary>Two stories of which a report shows that they are one.</summary>
public sealed class StoryMergingTests : IAsyncLifetime
{
    private CommandRig _rig = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await CommandRig.NewAsync();
        await _rig.StoryAsync(12, "Tide");
        _rig.Clock.Advance(TimeSpan.FromMinutes(5));
        await _rig.StoryAsync(13, "High tide");
        await _rig.SqlAsync(
            "UPDATE channel SET publication = 'off', name = 'desk' WHERE id = 2; INSERT INTO moderation (community_id, channel_id) VALUES (1, 2)"
        );
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(false, false, 13)]
    [InlineData(true, false, 13)]
    [InlineData(false, true, 12)]
    public async Task While_at_most_one_was_posted_the_other_points_to_it(bool isOlderOut, bool isNewerOut, long loser)
    {
        await PostAsync(isOlderOut, isNewerOut);

        var isMerged = await ConsiderAsync();

        Assert.True(isMerged);
        Assert.Equal(25 - loser, await _rig.ValueAsync<long>($"SELECT merged_into FROM story WHERE id = {loser}"));
        Assert.Contains("NewsBot: `merge`", (await _rig.AskAsync("audit")).Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_both_were_posted_or_discussed_moderators_are_asked_once()
    {
        await PostAsync(true, true);

        await ConsiderAsync();
        await ConsiderAsync();

        Assert.Equal(0, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM story WHERE merged_into IS NOT NULL"));
        Assert.Equal(1, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM post WHERE subject LIKE 'suggest:%'"));
        Assert.Equal(["merge 13 12", "merge 12 13"], (await PanelAsync()).Buttons.Select(button => button.Line));
    }

    [Fact]
    public async Task Once_merged_the_question_says_by_whom()
    {
        await PostAsync(true, true);
        await ConsiderAsync();

        await _rig.DoAsync("merge 13 12", CommandRig.Moderator);

        Assert.Empty((await PanelAsync()).Buttons);
        Assert.Contains("**Merged** by Mo", (await PanelAsync()).Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_joined_by_itself_can_be_undone()
    {
        await ConsiderAsync();
        var id = await _rig.ValueAsync<long>("SELECT MAX(id) FROM audit");

        await _rig.DoAsync($"undo {id}");

        Assert.Equal(0, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM story WHERE merged_into IS NOT NULL"));
    }

    [Theory]
    [InlineData("undo {0}")]
    [InlineData("unmerge 13")]
    public async Task What_was_taken_back_is_never_joined_by_itself_again(string line)
    {
        await PostAsync(true, false);
        await ConsiderAsync();
        var id = await _rig.ValueAsync<long>("SELECT MAX(id) FROM audit");
        await _rig.DoAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, id));

        var isMerged = await ConsiderAsync();
        await PostAsync(false, true);
        await ConsiderAsync();

        Assert.False(isMerged);
        Assert.Equal(0, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM story WHERE merged_into IS NOT NULL"));
        Assert.Equal(0, await _rig.ValueAsync<long>("SELECT COUNT(*) FROM post WHERE subject LIKE 'suggest:%'"));
    }

    private async Task PostAsync(bool isOlderOut, bool isNewerOut)
    {
        if (isOlderOut)
        {
            await _rig.CardAsync(12);
        }

        if (isNewerOut)
        {
            await _rig.CardAsync(13, message: "2");
        }
    }

    private Task<bool> ConsiderAsync() =>
        _rig.Database.WriteAsync(
            async connection =>
                await StoryMerging.ConsiderAsync(connection, new StoryId(13), new StoryId(12), _rig.Clock.GetUtcNow())
                    is not null,
            TestContext.Current.CancellationToken
        );

    private async Task<PostBody.Panel> PanelAsync() =>
        (PostBody.Panel)
            PostBodies.Read(
                (
                    await _rig.ValueAsync<string>(
                        "SELECT body FROM post WHERE subject LIKE 'suggest:%' ORDER BY id LIMIT 1"
                    )
                )!
            );
}
