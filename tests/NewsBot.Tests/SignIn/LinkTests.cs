using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Comments;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.SignIn;

/// <summary>Several names of one person: joined by a code, parted again, erased.</summary>
public sealed partial class LinkTests
{
    private static readonly Member Discord = new(new MemberId(10), new CommunityId(1), "Kofi", Role.Member, null);
    private static readonly Member Slack = new(new MemberId(11), new CommunityId(1), "kofi.a", Role.Member, null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_shown_on_one_side_and_entered_on_the_other_makes_two_names_one_member()
    {
        await using var rig = await NewAsync();

        var reply = await LinkAsync(rig);

        Assert.Equal(CommandEnding.Done, reply.Ending);
        Assert.Equal(10, await rig.ValueAsync<long>("SELECT DISTINCT member_id FROM comment"));
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM identity WHERE member_id = 10"));
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM follow WHERE member_id = 10"));
        var me = await rig.AskAsync("me", Discord);
        Assert.Contains("3 comments", me.Markdown, StringComparison.Ordinal);
        Assert.Contains("kofi.a in Team (Slack)", me.Markdown, StringComparison.Ordinal);
        // The earlier of both.
        Assert.Equal(500, await rig.ValueAsync<long>("SELECT joined_at FROM member WHERE id = 10"));
    }

    [Fact]
    public async Task Only_its_hash_is_kept_and_it_works_once_and_for_ten_minutes()
    {
        await using var rig = await NewAsync();
        var code = await CodeAsync(rig, Discord);
        Assert.Equal(
            NewsBot.Web.Secrets.Hash(LinkCode.Read(code)!),
            await rig.ValueAsync<string>("SELECT code_hash FROM link_code")
        );
        rig.Clock.Advance(LinkCode.Life);

        var late = await rig.AskAsync($"me link {code}", Slack);
        var fresh = await CodeAsync(rig, Discord);
        var first = await rig.AskAsync($"me link {fresh}", Slack);
        var second = await rig.AskAsync($"me link {fresh}", CommandRig.Reader);

        Assert.Equal(
            [CommandEnding.Refused, CommandEnding.Done, CommandEnding.Refused],
            [late.Ending, first.Ending, second.Ending]
        );
    }

    [Fact]
    public async Task After_five_wrong_codes_the_right_one_is_not_taken_for_an_hour()
    {
        await using var rig = await NewAsync();
        for (var i = 0; i < LinkCode.MaxTries; i++)
        {
            await rig.AskAsync("me link abcd-efgh", Slack);
        }

        var refused = await rig.AskAsync($"me link {await CodeAsync(rig, Discord)}", Slack);
        rig.Clock.Advance(LinkCode.TriesWithin);
        var taken = await rig.AskAsync($"me link {await CodeAsync(rig, Discord)}", Slack);

        Assert.Contains("too many", refused.Markdown, StringComparison.Ordinal);
        Assert.Equal(CommandEnding.Done, taken.Ending);
    }

    [Fact]
    public async Task A_code_of_another_community_is_nobodys()
    {
        await using var rig = await NewAsync();
        await rig.SqlAsync(
            """
            INSERT INTO community (id, name, created_at) VALUES (2, 'Other', @Now);
            INSERT INTO member (id, community_id, name, first_seen_at) VALUES (20, 2, 'Eve', @Now);
            """
        );
        var eve = new Member(new MemberId(20), new CommunityId(2), "Eve", Role.Member, null);

        var reply = await rig.AskAsync($"me link {await CodeAsync(rig, eve)}", Slack);

        Assert.Equal(CommandEnding.Refused, reply.Ending);
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT COUNT(*) FROM identity WHERE member_id = 11"));
    }

    [Theory]
    [InlineData(
        "muted_until = 9000000000000",
        "SELECT COUNT(*) FROM member WHERE id IN (10, 11) AND muted_until = 9000000000000"
    )]
    [InlineData("opted_out_at = 7", "SELECT COUNT(*) FROM member WHERE id IN (10, 11) AND opted_out_at = 7")]
    [InlineData("pseudonym = 'Owl'", "SELECT COUNT(*) FROM member WHERE id IN (10, 11) AND pseudonym = 'Owl'")]
    public async Task What_holds_one_back_counts_for_both_and_stays_with_both_when_they_part(string held, string count)
    {
        await using var rig = await NewAsync();
        await rig.SqlAsync($"UPDATE member SET {held} WHERE id = 11");

        await LinkAsync(rig);
        var joined = await rig.ValueAsync<long>(count + " AND id = 10");
        await rig.AskAsync("me unlink", Discord);

        Assert.Equal(1, joined);
        Assert.Equal(2, await rig.ValueAsync<long>(count));
    }

    [Fact]
    public async Task An_opt_out_of_one_takes_what_the_other_wrote_off_the_pages()
    {
        await using var rig = await NewAsync();
        await rig.SqlAsync("UPDATE member SET opted_out_at = 7 WHERE id = 11");

        await LinkAsync(rig);

        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM comment WHERE visibility <> 'off'"));
    }

    [Fact]
    public async Task When_they_part_each_gets_back_what_was_written_under_it_also_what_was_written_meanwhile()
    {
        await using var rig = await NewAsync();
        await LinkAsync(rig);
        await WriteAsync(rig, 5, channel: 11, "Meanwhile in Slack");
        await WriteAsync(rig, 6, channel: 10, "Meanwhile in Discord");

        var reply = await rig.AskAsync("me unlink", Discord);

        Assert.Equal(CommandEnding.Done, reply.Ending);
        Assert.Equal(
            "Slack one,Meanwhile in Slack",
            await rig.ValueAsync<string>(
                "SELECT group_concat(body) FROM (SELECT body FROM comment WHERE member_id = 11 ORDER BY id) one"
            )
        );
        Assert.Equal(
            "Discord one,Discord two,Meanwhile in Discord",
            await rig.ValueAsync<string>(
                "SELECT group_concat(body) FROM (SELECT body FROM comment WHERE member_id = 10 ORDER BY id) one"
            )
        );
        Assert.Equal(11, await rig.ValueAsync<long>("SELECT member_id FROM identity WHERE workspace_id = 11"));
        Assert.Equal(
            0,
            await rig.ValueAsync<long>(
                "SELECT COUNT(*) FROM member WHERE joined_into IS NOT NULL OR own_role IS NOT NULL"
            )
        );
        Assert.Equal(1_000, await rig.ValueAsync<long>("SELECT joined_at FROM member WHERE id = 10"));
        Assert.Equal(500, await rig.ValueAsync<long>("SELECT joined_at FROM member WHERE id = 11"));
        // And they can be joined again.
        Assert.Equal(CommandEnding.Done, (await LinkAsync(rig)).Ending);
    }

    [Fact]
    public async Task A_role_comes_along_is_written_down_and_goes_back_to_whom_it_was_granted()
    {
        await using var rig = await NewAsync();
        await rig.SqlAsync("UPDATE member SET role = 'moderator' WHERE id = 11");

        await LinkAsync(rig);
        var joined = await rig.ValueAsync<string>("SELECT role FROM member WHERE id = 10");
        await rig.AskAsync("me unlink", Discord);

        Assert.Equal("moderator", joined);
        Assert.Equal("member", await rig.ValueAsync<string>("SELECT role FROM member WHERE id = 10"));
        Assert.Equal("moderator", await rig.ValueAsync<string>("SELECT role FROM member WHERE id = 11"));
        Assert.Equal(1, await rig.ValueAsync<long>("SELECT COUNT(*) FROM audit WHERE action = 'me link'"));
    }

    [Fact]
    public async Task Of_three_names_the_one_that_is_named_leaves_and_the_others_stay_together()
    {
        await using var rig = await NewAsync();
        await LinkAsync(rig);
        await rig.AskAsync($"me link {await CodeAsync(rig, Discord)}", CommandRig.Reader);
        // Rita of the built-in chat was here first, so hers is the row that stays.
        var all = await rig.ValueAsync<long>("SELECT member_id FROM identity WHERE workspace_id = 10");
        var person = CommandRig.Reader with { Id = new MemberId(all) };

        var unsure = await rig.AskAsync("me unlink", person);
        var done = await rig.AskAsync("me unlink chat", person);

        Assert.Contains("Say which", unsure.Markdown, StringComparison.Ordinal);
        Assert.Equal(CommandEnding.Done, done.Ending);
        Assert.Equal(
            await rig.ValueAsync<long>("SELECT member_id FROM identity WHERE workspace_id = 10"),
            await rig.ValueAsync<long>("SELECT member_id FROM identity WHERE workspace_id = 11")
        );
        Assert.Equal(3, await rig.ValueAsync<long>("SELECT member_id FROM identity WHERE workspace_id = 1"));
        Assert.Equal(3, await rig.ValueAsync<long>("SELECT COUNT(*) FROM comment WHERE member_id = 10"));
    }

    [Fact]
    public async Task When_communities_part_nobody_is_a_member_of_both()
    {
        await using var rig = await NewAsync();
        await LinkAsync(rig);
        await rig.SqlAsync(
            """
            INSERT INTO community (id, name, created_at) VALUES (2, 'Other', @Now);
            UPDATE workspace SET community_id = 2 WHERE platform = 'slack';
            UPDATE channel SET community_id = 2 WHERE workspace_id = 11;
            """
        );

        await rig.Database.WriteAsync(
            connection => MemberLinks.PartSidesAsync(connection, 2, rig.Clock.GetUtcNow()),
            Token
        );

        Assert.Equal(11, await rig.ValueAsync<long>("SELECT member_id FROM identity WHERE workspace_id = 11"));
        Assert.Equal(11, await rig.ValueAsync<long>("SELECT member_id FROM comment WHERE body = 'Slack one'"));
        Assert.Equal(2, await rig.ValueAsync<long>("SELECT COUNT(*) FROM comment WHERE member_id = 10"));
    }

    [Fact]
    public async Task Two_accounts_of_one_workspace_are_not_joined()
    {
        await using var rig = await NewAsync();
        await rig.SqlAsync(
            """
            INSERT INTO member (id, community_id, name, first_seen_at) VALUES (12, 1, 'Twin', @Now);
            INSERT INTO identity (member_id, workspace_id, external_id) VALUES (12, 10, '1002');
            """
        );
        var twin = new Member(new MemberId(12), new CommunityId(1), "Twin", Role.Member, null);

        var reply = await rig.AskAsync($"me link {await CodeAsync(rig, twin)}", Discord);

        Assert.Contains("Guild", reply.Markdown, StringComparison.Ordinal);
        Assert.Equal(CommandEnding.Refused, reply.Ending);
    }

    [Fact]
    public async Task Either_name_and_either_number_lead_to_the_one_member()
    {
        await using var rig = await NewAsync();
        await LinkAsync(rig);

        await rig.DoAsync("mute kofi.a 1 hour", CommandRig.Moderator);
        var page = await new PageReader(rig.Database, new ThreadIndexes()).MemberAsync(
            11,
            new NewsBot.Web.Views.Viewer(true),
            rig.Clock.GetUtcNow(),
            Token
        );

        Assert.Equal(10, await rig.ValueAsync<long>("SELECT id FROM member WHERE muted_until IS NOT NULL"));
        Assert.Equal(10, page!.Author.Id);
        Assert.Equal(3, page.Author.Posts);
    }

    [Fact]
    public async Task Erasing_a_joined_member_erases_both_also_in_a_backup_from_before_they_were_joined()
    {
        await using var rig = await NewAsync();
        await LinkAsync(rig);
        await rig.DoAsync("me erase", Discord);
        Assert.Equal(
            2,
            await rig.ValueAsync<long>("SELECT COUNT(*) FROM member WHERE id IN (10, 11) AND erased_at IS NOT NULL")
        );
        Assert.Equal(0, await rig.ValueAsync<long>("SELECT COUNT(*) FROM member WHERE name LIKE '%ofi%'"));
        var record = await File.ReadAllBytesAsync(rig.Erasures.File, Token);
        await using var backup = await NewAsync();
        await File.WriteAllBytesAsync(backup.Erasures.File, record, Token);

        var count = await ReplayAsync(backup);

        Assert.Equal(2, count);
        Assert.Equal(0, await backup.ValueAsync<long>("SELECT COUNT(*) FROM comment WHERE body <> ''"));
    }

    [Theory]
    [InlineData(10, "Slack one")]
    [InlineData(11, "Discord one,Discord two")]
    public async Task Whoever_was_erased_after_parting_is_erased_alone_in_a_backup_where_they_were_joined(
        long erased,
        string left
    )
    {
        await using var rig = await NewAsync();
        await LinkAsync(rig);
        await rig.AskAsync("me unlink", Discord);
        await rig.DoAsync("me erase", erased == 10 ? Discord : Slack);
        var record = await File.ReadAllBytesAsync(rig.Erasures.File, Token);
        await using var backup = await NewAsync();
        await LinkAsync(backup);
        await File.WriteAllBytesAsync(backup.Erasures.File, record, Token);

        await ReplayAsync(backup);

        Assert.Equal(
            left,
            await backup.ValueAsync<string>(
                "SELECT group_concat(body) FROM (SELECT body FROM comment WHERE body <> '' ORDER BY id) one"
            )
        );
    }

    [Fact]
    public async Task Me_tells_how_many_copies_are_removed_also_to_who_erased_everything_and_came_back()
    {
        await using var rig = await NewAsync();
        await rig.SqlAsync(
            """
            INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, cause_at, created_at)
            SELECT 11, 'comment:' || id, 0, 'delete', 1, '{}', CASE number WHEN 1 THEN 'sent' ELSE 'waiting' END, 0, 0, 0
            FROM comment WHERE member_id = 10;
            """
        );
        var before = await rig.AskAsync("me", Discord);
        await rig.DoAsync("me erase", Discord);
        await rig.SqlAsync(
            """
            INSERT INTO member (id, community_id, name, first_seen_at) VALUES (30, 1, 'Kofi', @Now);
            INSERT INTO identity (member_id, workspace_id, external_id) VALUES (30, 10, '1001');
            """
        );
        var back = Discord with { Id = new MemberId(30) };

        var after = await rig.AskAsync("me", back);
        await rig.SqlAsync("UPDATE post SET state = 'sent' WHERE operation = 'delete'");
        await new CleanUp(
            rig.Database,
            new FreePages(rig.Database),
            Options.Create(new StorageOptions()),
            rig.Clock
        ).RunAsync(Token);
        var later = await rig.AskAsync("me", back);

        Assert.Contains("1 of 2 copies", before.Markdown, StringComparison.Ordinal);
        Assert.Contains("Of what you erased on", after.Markdown, StringComparison.Ordinal);
        Assert.Contains("of 2 copies", after.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("erased", later.Markdown, StringComparison.Ordinal);
    }

    private static async Task<CommandRig> NewAsync()
    {
        var rig = await CommandRig.NewAsync();
        await rig.SqlAsync(
            """
            INSERT INTO workspace (id, community_id, platform, external_id, name)
            VALUES (10, 1, 'discord', '100', 'Guild'), (11, 1, 'slack', 'T1', 'Team');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, publication, created_at)
            VALUES (10, 1, 10, '200', 'harbour', 'public', @Now), (11, 1, 11, 'C1', 'harbour', 'public', @Now);
            INSERT INTO member (id, community_id, name, joined_at, first_seen_at)
            VALUES (10, 1, 'Kofi', 1000, @Now + 10), (11, 1, 'kofi.a', 500, @Now + 11);
            INSERT INTO identity (member_id, workspace_id, external_id) VALUES (10, 10, '1001'), (11, 11, 'U1');
            """
        );
        await rig.StoryAsync(1, "Harbour bridge opens");
        await rig.StoryAsync(2, "Ferry sails again");
        await rig.SqlAsync(
            "INSERT INTO follow (member_id, story_id, created_at) VALUES (10, 1, 0), (11, 1, 0), (11, 2, 0)"
        );
        await WriteAsync(rig, 1, channel: 10, "Discord one");
        await WriteAsync(rig, 2, channel: 10, "Discord two");
        await WriteAsync(rig, 3, channel: 11, "Slack one");
        return rig;
    }

    private static Task WriteAsync(CommandRig rig, long message, long channel, string text) =>
        rig.Database.WriteAsync(
            async connection =>
            {
                var author = await Dapper.SqlMapper.ExecuteScalarAsync<long>(
                    connection,
                    "SELECT member_id FROM identity WHERE workspace_id = @channel",
                    new { channel }
                );
                await CommentLedger.ApplyAsync(
                    connection,
                    new ReplyEvent.Created(
                        new ChannelId(channel),
                        message.ToString(System.Globalization.CultureInfo.InvariantCulture),
                        message,
                        new StoryId(1),
                        0,
                        new MemberId(author),
                        text
                    ),
                    rig.Clock.GetUtcNow()
                );
            },
            Token
        );

    private static async Task<NewsBot.Core.Commands.CommandReply> LinkAsync(CommandRig rig) =>
        await rig.AskAsync($"me link {await CodeAsync(rig, Discord)}", Slack);

    private static async Task<string> CodeAsync(CommandRig rig, Member member) =>
        Code().Match((await rig.AskAsync("me link", member)).Markdown).Value;

    private static Task<int> ReplayAsync(CommandRig rig) =>
        rig.Database.WriteAsync(
            connection => rig.Erasures.ReplayAsync(connection, rig.Clock.GetUtcNow(), Token),
            Token
        );

    [GeneratedRegex("[a-z2-9]{4}-[a-z2-9]{4}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Code();
}
