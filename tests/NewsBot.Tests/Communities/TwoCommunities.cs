using Dapper;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Tests.Commands;

namespace NewsBot.Tests.Communities;

/// <summary>The newsroom of <see cref="CommandRig"/> beside a guild with a community of its own, and what both have in common.</summary>
internal sealed class TwoCommunities : IAsyncDisposable
{
    private TwoCommunities(CommandRig rig) => Rig = rig;

    public CommandRig Rig { get; }

    /// <summary>Who runs the guild.</summary>
    public static Member Hal { get; } = new(new MemberId(21), new CommunityId(2), "Hal", Role.Admin, null);

    /// <summary>The same while the guild is part of the first community.</summary>
    public static Member HalWithin { get; } = Hal with { Community = new CommunityId(1) };

    public static async Task<TwoCommunities> OpenAsync()
    {
        var rig = await CommandRig.NewAsync();
        await rig.SqlAsync(
            """
            INSERT INTO community (id, name, created_at) VALUES (2, 'Harbour', @Now);
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (2, 2, 'discord', '77', 'The Harbour');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, publication, created_at)
            VALUES (21, 2, 2, '7001', 'quay', 'public', @Now), (22, 2, 2, '7002', 'crew', 'off', @Now);
            INSERT INTO member (id, community_id, name, role, first_seen_at)
            VALUES (21, 2, 'Hal', 'admin', @Now), (22, 2, 'Hanna', 'member', @Now);
            INSERT INTO identity (member_id, workspace_id, external_id)
            VALUES (21, 2, '801'), (22, 2, '802'), (1, 1, 'ada'), (2, 1, 'mo');
            INSERT INTO feed (id, url, interval_ms, next_poll_at)
            VALUES (3, 'https://pilots.example/feed', 900000, @Now + 60000),
                   (4, 'https://crew.example/feed#0123456789abcdef', 900000, @Now + 60000);
            INSERT INTO feed_credential (feed_id, origin, secret, created_at) VALUES (4, 'https://crew.example', 'x', @Now);
            INSERT INTO source (id, community_id, feed_id, name, created_at)
            VALUES (21, 2, 1, 'Our Daily', @Now), (22, 2, 3, 'Pilots', @Now), (23, 2, 4, 'Crew wire', @Now);
            INSERT INTO subscription (id, source_id, channel_id, filter, created_at)
            VALUES (21, 21, 21, '-rumor', @Now), (22, 22, 21, NULL, @Now), (23, 23, 22, NULL, @Now);
            INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'ours', 'member-1', @Now), (2, 'theirs', 'member-21', @Now);
            INSERT INTO audit (community_id, actor, action, target, at) VALUES (2, 'member-21', 'pause', 'source-22 Pilots', @Now);
            """
        );
        return new TwoCommunities(rig);
    }

    public ValueTask DisposeAsync() => Rig.DisposeAsync();

    /// <summary>Joins the two as their admins do.</summary>
    public async Task JoinAsync()
    {
        Rig.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = await CodeAsync();
        await Rig.DoAsync($"community link {code}");
        Rig.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    public Task PartAsync() => Rig.DoAsync("community unlink Harbour");

    /// <summary>The code that the guild's admin is shown.</summary>
    public async Task<string> CodeAsync()
    {
        var shown = await Rig.AskAsync("community link", Hal);
        return shown.Markdown.Split('`')[1];
    }

    /// <summary>A story of one source, carded in channels.</summary>
    public async Task StoryAsync(long id, long entry, long source, string headline, params long[] channels)
    {
        await Rig.SqlAsync(
            $"""
            INSERT INTO entry (id, feed_id, url, url_key, title, title_key, content_hash, seen_at)
            SELECT {entry}, feed_id, 'https://e.example/{entry}', 'e{entry}', '{headline}', '{headline}', '', @Now
            FROM source WHERE id = {source} ON CONFLICT (id) DO NOTHING;
            INSERT INTO story (id, community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at)
            SELECT {id}, community_id, '{headline}', 'slug', 'https://e.example/{entry}', {entry}, @Now, @Now, @Now
            FROM source WHERE id = {source};
            INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
            SELECT {id}, {entry}, community_id, {source}, @Now FROM source WHERE id = {source};
            """
        );
        foreach (var channel in channels)
        {
            await Rig.SqlAsync(
                $"INSERT INTO channel_story (channel_id, story_id, state, at) VALUES ({channel}, {id}, 'carded', @Now)"
            );
            await Rig.CardAsync(id, channel, $"{channel}-{id}");
        }
    }

    /// <returns>The comment's row.</returns>
    public async Task<long> CommentAsync(long story, long member, long channel, string body, int parent = 0)
    {
        await Rig.SqlAsync(
            $"""
            INSERT INTO comment (story_id, number, parent, member_id, body, visibility, channel_id, message_id, written_at, accepted_at)
            SELECT {story}, next_number, {parent}, {member}, '{body}', (SELECT publication FROM channel WHERE id = {channel}),
                   {channel}, 'm' || {story} || '-' || next_number, @Now, @Now FROM story WHERE id = {story};
            UPDATE story SET next_number = next_number + 1, comment_count = comment_count + 1 WHERE id = {story};
            """
        );
        return await Rig.ValueAsync<long>("SELECT MAX(id) FROM comment");
    }

    /// <summary>A copy of a comment that was posted in a channel.</summary>
    public Task CopyAsync(long comment, long story, int number, long channel) =>
        Rig.Database.WriteAsync(
            connection =>
                connection.ExecuteAsync(
                    """
                    INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, message_id, cause_at, created_at, sent_at)
                    VALUES (@channel, @Subject, 0, 'create', 0, @Body, 'sent', @Now, @Message, @Now, @Now, @Now)
                    """,
                    new
                    {
                        channel,
                        Subject = PostSubject.Comment(comment).Value,
                        Body = PostBodies.Write(new PostBody.Copy(new StoryId(story), number)),
                        Message = $"copy-{comment}",
                        Now = Rig.Clock.GetUtcNow().Ms(),
                    }
                ),
            TestContext.Current.CancellationToken
        );

    public Task<IReadOnlyList<string>> ListAsync(string sql) =>
        Rig.Database.ReadAsync<IReadOnlyList<string>>(
            async connection => (await connection.QueryAsync<string>(sql)).AsList(),
            TestContext.Current.CancellationToken
        );

    /// <summary>Whether every row that names another belongs to the same community as that.</summary>
    public Task<IReadOnlyList<string>> CrossingRowsAsync() =>
        ListAsync(
            """
            SELECT 'channel ' || c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE w.community_id <> c.community_id
            UNION ALL SELECT 'subscription ' || u.id FROM subscription u JOIN source s ON s.id = u.source_id
              JOIN channel c ON c.id = u.channel_id WHERE s.community_id <> c.community_id
            UNION ALL SELECT 'card ' || x.story_id FROM channel_story x JOIN story s ON s.id = x.story_id
              JOIN channel c ON c.id = x.channel_id WHERE s.community_id <> c.community_id
            UNION ALL SELECT 'comment ' || x.id FROM comment x JOIN story s ON s.id = x.story_id
              JOIN channel c ON c.id = x.channel_id WHERE s.community_id <> c.community_id
            UNION ALL SELECT 'author ' || x.id FROM comment x JOIN member m ON m.id = x.member_id
              JOIN story s ON s.id = x.story_id WHERE m.community_id <> s.community_id
            UNION ALL SELECT 'identity ' || i.id FROM identity i JOIN member m ON m.id = i.member_id
              JOIN workspace w ON w.id = i.workspace_id WHERE m.community_id <> w.community_id
            UNION ALL SELECT 'report ' || e.story_id FROM story_entry e JOIN story s ON s.id = e.story_id
              JOIN source o ON o.id = e.source_id WHERE o.community_id <> s.community_id OR e.community_id <> s.community_id
            UNION ALL SELECT 'merge ' || s.id FROM story s JOIN story w ON w.id = s.merged_into WHERE w.community_id <> s.community_id
            UNION ALL SELECT 'follow ' || f.story_id FROM follow f JOIN story s ON s.id = f.story_id
              JOIN member m ON m.id = f.member_id WHERE m.community_id <> s.community_id
            UNION ALL SELECT 'copy ' || p.id FROM post p JOIN channel c ON c.id = p.channel_id
              JOIN comment x ON x.id = CAST(SUBSTR(p.subject, 9) AS INTEGER) JOIN channel o ON o.id = x.channel_id
              WHERE p.subject LIKE 'comment:%' AND p.operation = 'create' AND c.community_id <> o.community_id
                AND NOT EXISTS (SELECT 1 FROM post d WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.operation = 'delete')
            """
        );
}
