using NewsBot.Commands;
using NewsBot.Core.Commands;
using NewsBot.Web;

namespace NewsBot.Tests.Commands;

/// <summary>What holds for every command: roles, confirming, audit, undo.</summary>
public sealed class ConfirmTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_verb_of_the_catalogue_is_done_by_somebody()
    {
        await using var rig = await CommandRig.NewAsync();

        Assert.Equal(
            Catalogue.All.Select(spec => spec.Name).Except(["help", "confirm"]).Order(),
            rig.Handlers.Names.Order()
        );
    }

    [Fact]
    public async Task Only_the_right_role_may_and_the_refusal_says_who()
    {
        await using var rig = await CommandRig.NewAsync();

        Assert.Contains("Only admins", await rig.RefusedAsync("/news pause The Daily", CommandRig.Moderator));
        Assert.Contains("Only moderators", await rig.RefusedAsync("/news words list", CommandRig.Reader));
        Assert.Null(await rig.ValueAsync<long?>("SELECT paused_at FROM source WHERE id = 1"));
    }

    [Fact]
    public async Task A_change_is_shown_first_and_made_by_its_code_once()
    {
        await using var rig = await CommandRig.NewAsync();

        var shown = await rig.AskAsync("/news edit the name Daily News --channel news");
        shown =
            shown.Ending == CommandEnding.Asked
                ? shown
                : await rig.AskAsync("/news edit \"the daily\" name Daily News");

        Assert.Contains("name: The Daily → **Daily News**", shown.Markdown);
        Assert.Equal("The Daily", await rig.ValueAsync<string>("SELECT name FROM source WHERE id = 1"));
        var done = await rig.AskAsync($"/news confirm {shown.ConfirmCode!.ToUpperInvariant()}");
        Assert.Equal(CommandEnding.Done, done.Ending);
        Assert.Equal("Daily News", await rig.ValueAsync<string>("SELECT name FROM source WHERE id = 1"));
        Assert.Contains("Nothing of yours waits", await rig.RefusedAsync($"confirm {shown.ConfirmCode}"));
    }

    [Fact]
    public async Task Open_pages_hear_of_a_change_when_it_is_made_and_not_when_it_is_shown()
    {
        await using var rig = await CommandRig.NewAsync();
        await using var updates = rig.Live.ReadAsync(Stop).GetAsyncEnumerator(Stop);
        var heard = updates.MoveNextAsync().AsTask();

        var shown = await rig.AskAsync("channel limits 5 50 --channel news");
        Assert.False(heard.IsCompleted);
        var done = await rig.AskAsync($"confirm {shown.ConfirmCode}");

        Assert.Contains("is now 50", done.Markdown);
        Assert.True(await heard);
        Assert.Equal(LiveUpdate.Everything, updates.Current);
    }

    [Fact]
    public async Task A_schedule_without_a_zone_says_whose_clock_it_goes_by()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync("UPDATE channel SET time_zone = 'Etc/UTC'");

        var plain = await rig.AskAsync("digest set \"weekdays 8:30\" --channel news");
        Assert.Contains("weekdays 8:30 UTC", plain.Markdown);
        Assert.Contains("`/news digest set \"weekdays 8:30 Europe/Berlin\"`", plain.Markdown);
        Assert.DoesNotContain("Etc/", plain.Markdown);
        Assert.DoesNotContain(
            "your own clock",
            (await rig.AskAsync("digest set \"weekdays 8:30 Europe/Berlin\" --channel news")).Markdown
        );
    }

    [Fact]
    public async Task A_code_is_worth_nothing_to_others_and_after_ten_minutes()
    {
        await using var rig = await CommandRig.NewAsync();
        var other = CommandRig.Admin with { Id = CommandRig.Moderator.Id };

        var shown = await rig.AskAsync("pause The Daily");
        Assert.Contains("Nothing of yours waits", await rig.RefusedAsync($"confirm {shown.ConfirmCode}", other));
        rig.Clock.Advance(Changes.ConfirmWithin + TimeSpan.FromSeconds(1));

        Assert.Contains("Nothing of yours waits", await rig.RefusedAsync($"confirm {shown.ConfirmCode}"));
        Assert.Null(await rig.ValueAsync<long?>("SELECT paused_at FROM source WHERE id = 1"));
    }

    [Fact]
    public async Task The_role_is_checked_again_when_a_change_is_confirmed()
    {
        await using var rig = await CommandRig.NewAsync();

        var shown = await rig.AskAsync("pause The Daily");
        var refused = await rig.RefusedAsync(
            $"confirm {shown.ConfirmCode}",
            CommandRig.Admin with
            {
                Role = Core.Communities.Role.Member,
            }
        );

        Assert.Contains("Only admins", refused);
        Assert.Null(await rig.ValueAsync<long?>("SELECT paused_at FROM source WHERE id = 1"));
    }

    [Fact]
    public async Task Every_act_is_in_the_audit_with_before_and_after()
    {
        await using var rig = await CommandRig.NewAsync();

        await rig.DoAsync("edit \"The Daily\" weight 2.5");

        Assert.Equal(
            """[{"table":"source","key":{"id":1},"values":{"weight":1}}]""",
            await rig.ValueAsync<string>("SELECT before FROM audit")
        );
        Assert.Equal(
            """[{"table":"source","key":{"id":1},"values":{"weight":2.5}}]""",
            await rig.ValueAsync<string>("SELECT after FROM audit")
        );
        Assert.Contains("Ada: `edit` The Daily: weight 1 → 2", (await rig.AskAsync("audit")).Markdown);
    }

    [Fact]
    public async Task Undo_puts_back_what_was_and_says_so_in_the_audit()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.DoAsync("edit \"The Daily\" weight 2.5");
        await rig.DoAsync("remove gadgets");
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT COUNT(*) FROM subscription"));

        await rig.DoAsync("undo");

        Assert.Equal("Gadgets & Co", await rig.ValueAsync<string>("SELECT name FROM source WHERE id = 2"));
        Assert.Equal(3, await rig.ValueAsync<long>("SELECT COUNT(*) FROM subscription"));
        var first = await rig.ValueAsync<long>("SELECT MIN(id) FROM audit");
        await rig.DoAsync($"undo {first}");
        Assert.Equal(1, await rig.ValueAsync<double>("SELECT weight FROM source WHERE id = 1"));
        Assert.Contains("was undone already", await rig.RefusedAsync($"undo {first}"));
        Assert.Contains("done nothing here", await rig.RefusedAsync("undo"));
        Assert.Contains("(undone)", (await rig.AskAsync("audit")).Markdown);
    }

    [Fact]
    public async Task What_was_changed_again_since_is_not_undone_blindly()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.DoAsync("edit \"The Daily\" weight 2");
        await rig.DoAsync("edit \"The Daily\" weight 3");

        var first = await rig.ValueAsync<long>("SELECT MIN(id) FROM audit");
        Assert.Contains("changed again since", await rig.RefusedAsync($"undo {first}"));
        Assert.Equal(3, await rig.ValueAsync<double>("SELECT weight FROM source WHERE id = 1"));
    }

    [Fact]
    public async Task Where_undo_cannot_help_it_says_why_and_what_does()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.DoAsync("token create Rita");

        Assert.Contains("`/news token revoke`", await rig.RefusedAsync("undo"));
    }

    [Fact]
    public async Task A_command_that_breaks_gives_an_id_and_changes_nothing()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync("DROP TABLE subscription");

        var reply = await rig.RefusedAsync("remove The Daily");

        Assert.Contains("went wrong on our side", reply);
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM source"));
    }

    [Theory]
    [InlineData("pause nothing", "There is no source “nothing”")]
    [InlineData("pause Dayly", "There is no source “Dayly”")]
    [InlineData("pause https://daily.example/feed", null)]
    [InlineData("pause source-1", null)]
    [InlineData("pause gad", null)]
    public async Task A_source_is_found_by_number_name_beginning_or_address(string line, string? problem)
    {
        await using var rig = await CommandRig.NewAsync();

        var reply = await rig.AskAsync(line);

        Assert.Equal(problem is null ? CommandEnding.Asked : CommandEnding.Refused, reply.Ending);
        Assert.Contains(problem ?? "will be paused", reply.Markdown);
    }

    [Fact]
    public async Task A_beginning_that_fits_several_sources_lists_them()
    {
        await using var rig = await CommandRig.NewAsync();
        await rig.SqlAsync("UPDATE source SET name = 'The Gadgets' WHERE id = 2");

        Assert.Contains("could be 2 sources: The Daily, The Gadgets", await rig.RefusedAsync("pause the"));
    }

    [Fact]
    public async Task The_channel_of_the_asker_is_kept_until_the_change_is_confirmed()
    {
        await using var rig = await CommandRig.NewAsync();

        await rig.DoAsync("channel limits 5 50 --channel phones");
        await rig.DoAsync("channel limits 6 60");

        Assert.Equal(5, await rig.ValueAsync<long>("SELECT max_per_hour FROM channel WHERE id = 2"));
        Assert.Equal(6, await rig.ValueAsync<long>("SELECT max_per_hour FROM channel WHERE id = 1"));
    }
}
