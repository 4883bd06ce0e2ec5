using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Core.Communities;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Tests.Pages;
using NewsBot.Web;

namespace NewsBot.Tests.Communities;

/// <summary>
/// The whole program with two communities: all that is of the first says "amber", all that is of the second says "cobalt",
/// and both say "lantern", which is what is searched for.
/// </summary>
internal sealed partial class CrossingWorld : IAsyncDisposable
{
    private CrossingWorld(PageServer server) => Server = server;

    /// <summary>Whether both are one now.</summary>
    public bool IsJoined { get; private set; }

    /// <summary>Whether both were one before.</summary>
    public bool HasParted { get; private set; }

    public static CrossingSide Amber { get; } = new(1, "Amber", 1_000);

    public static CrossingSide Cobalt { get; } = new(2, "Cobalt", 2_000);

    public PageServer Server { get; }

    public Database Database => Server.Services.GetRequiredService<Database>();

    /// <summary>Both as they were from the start.</summary>
    public static async Task<CrossingWorld> ApartAsync()
    {
        var world = new CrossingWorld(
            new PageServer
            {
                Settings =
                [
                    "--Web:PublicUrl=https://news.example",
                    "--Chat:Web:JoinSecret=a quiet word",
                    "--Logging:LogLevel:NewsBot=Trace",
                ],
            }
        );
        await world.Server.InitializeAsync();
        world.Seed(Amber, "discord");
        world.Seed(Cobalt, "discord");
        return world;
    }

    /// <summary>Both while they are one, and write about the same stories, are copied, quoted and told.</summary>
    public static async Task<CrossingWorld> JoinedAsync()
    {
        var world = await ApartAsync();
        var reports = world.Server.Services.GetRequiredService<RecentReports>();
        await world.Database.WriteAsync(
            async connection => await CommunityJoin.RunAsync(connection, reports, (1, 2), "code", world.Now(-60)),
            CancellationToken.None
        );
        world.IsJoined = true;
        world.LiveTogether();
        world.ModerateTogether();
        return world;
    }

    /// <summary>Both after they were one for a while and parted.</summary>
    public static async Task<CrossingWorld> PartedAsync()
    {
        var world = await JoinedAsync();
        var reports = world.Server.Services.GetRequiredService<RecentReports>();
        await world.Database.WriteAsync(
            async connection =>
                await CommunityPart.RunAsync(
                    connection,
                    reports,
                    await connection.QuerySingleAsync<CommunityLink>(CommunityLink.Columns),
                    world.Now(0)
                ),
            CancellationToken.None
        );
        (world.IsJoined, world.HasParted) = (false, true);
        return world;
    }

    /// <summary>The community a side is part of now.</summary>
    public long CommunityOf(CrossingSide side) => IsJoined ? Amber.Community : side.Community;

    /// <summary>A side's admin as they are known now.</summary>
    public Member AdminOf(CrossingSide side) =>
        new(new MemberId(side.Base), new CommunityId(CommunityOf(side)), $"{side.Word} Ada", Role.Admin, null);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private DateTimeOffset Now(int minutes) => Server.Newsroom.Now.AddMinutes(minutes);

    // One side: a public and a private channel, a public and a private feed, a story and comments in each, and traces of admins.
    private void Seed(CrossingSide side, string platform)
    {
        var (w, n) = (side.Word, side.Base);
        Server.Newsroom.Run(
            $"""
            INSERT INTO community (id, name, created_at) VALUES ({side.Community}, '{w} House', 0)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name;
            INSERT INTO workspace (id, community_id, platform, external_id, name)
            VALUES ({n}, {side.Community}, '{platform}', '{n}', '{w} Place'), ({n} + 1, {side.Community}, 'slack', 'T{n}', '{w} Team');
            UPDATE workspace SET community_id = community_id, name = '{w} Chat' WHERE platform = 'web' AND {side.Community} = 1;
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, publication, mirror, mode, created_at)
            VALUES ({n}, {side.Community}, {side.WorkspaceSql}, '{w}hall', '{w}hall', 'public', 'two-way', 'digest', @Now),
                   ({n} + 1, {side.Community}, {side.WorkspaceSql}, '{w}cellar', '{w}cellar', 'off', 'two-way', 'instant', @Now),
                   ({n} + 2, {side.Community}, {n} + 1, 'C{n}', '{w}slack', 'members', 'two-way', 'instant', @Now);
            INSERT INTO feed (id, url, title, interval_ms, next_poll_at, failures, last_error)
            VALUES ({n}, 'https://{w}.example/feed', '{w} Gazette', 900000, @Far, 4, '{w} could not be read'),
                   ({n} + 1, 'https://{w}.example/vault#00{n}', '{w} Vault', 900000, @Far, 0, NULL);
            INSERT INTO feed_credential (feed_id, origin, secret, created_at) VALUES ({n} + 1, 'https://{w}.example', '{w}secret', @Now);
            INSERT INTO source (id, community_id, feed_id, name, licence, created_at)
            VALUES ({n}, {side.Community}, {n}, '{w} Gazette', '{w} licence', @Now), ({n} + 1, {side.Community}, {n} + 1, '{w} Vault', NULL, @Now);
            INSERT INTO subscription (source_id, channel_id, filter, created_at)
            VALUES ({n}, {n}, '-{w}filter', @Now), ({n} + 1, {n} + 1, NULL, @Now), ({n}, {n} + 2, NULL, @Now);
            INSERT INTO picture (id, source_url, alt, large, small) VALUES ({n}, 'https://{w}.example/1', '{w} picture', x'01', x'01'),
                   ({n} + 1, 'https://{w}.example/2', '{w} secret picture', x'02', x'02'),
                   ({n} + 2, 'https://{w}.example/3', '{w} parlour picture', x'02', x'02');
            INSERT INTO member (id, community_id, name, role, first_seen_at)
            VALUES ({n}, {side.Community}, '{w} Ada', 'admin', @Now), ({n} + 1, {side.Community}, '{w} Ben', 'member', @Now),
                   ({n} + 2, {side.Community}, '{w} Cyd', 'member', @Now);
            INSERT INTO identity (member_id, workspace_id, external_id, secret_hash)
            VALUES ({n}, {side.WorkspaceSql}, '{n}a', '{Secrets.Hash(
                side.Secret
            )}'), ({n} + 1, {side.WorkspaceSql}, '{n}b', NULL),
                   ({n} + 2, {n} + 1, '{n}c', NULL);
            INSERT INTO api_token (id, member_id, hash, created_at) VALUES ({n}, {n}, '{Secrets.Hash(
                side.Secret
            )}', @Now);
            INSERT INTO word (community_id, word, added_by, created_at) VALUES ({side.Community}, '{w}forbidden', 'member-{n}', @Now);
            INSERT INTO audit (id, community_id, actor, action, target, at, reason)
            VALUES ({n}, {side.Community}, 'member-{n}', 'pause', 'source-{n} {w} Gazette', @Now, NULL),
                   ({n} + 1, {side.Community}, 'member-{n}', 'lock', 'story-{n} {w} lantern', @Now, '{w} reasons');
            INSERT INTO moderation (community_id, log) VALUES ({side.Community}, 'public');
            UPDATE community SET indexing = 1 WHERE id = {side.Community};
            INSERT INTO trouble (workspace_id, channel_id, cause, words, since) VALUES ({n} + 1, {n} + 2, 'x', '{w} trouble', @Now);
            INSERT INTO private_message (member_id, cause, body, created_at) VALUES ({n}, 'x{n}', '{w} was told', 0);
            """,
            Instants()
        );
        Server.Newsroom.Message(n, n, $"{w} says hello in the stream");
        Story(side, n, n, "hall", n);
        Story(side, n + 1, n + 1, "cellar", n + 1);
        Story(side, n + 2, n, "parlour", n + 2);
        Hold(side, n, n, n + 1, $"{w} held lantern", $"contains the word `{w}forbidden`");
        Session(side, n, "admin");
        Session(side, n + 1, "member");
        Server.Newsroom.Run(
            $"""
            INSERT INTO channel_story (channel_id, story_id, state, at) VALUES ({n} + 2, {n}, 'carded', @Now);
            INSERT INTO attachment (id, comment_id, position, external_id, name, content_type, size, state, bytes)
            SELECT {n}, id, 0, 'f', '{w} file', 'image/webp', 1, 'kept', x'03' FROM comment WHERE story_id = {n} + 1 AND number = 1;
            INSERT INTO follow (member_id, story_id, created_at) VALUES ({n} + 1, {n}, @Now);
            """,
            Instants()
        );
    }

    private void Story(CrossingSide side, long id, long source, string where, long channel)
    {
        var w = side.Word;
        Server.Newsroom.Run(
            $"""
            INSERT INTO entry (id, feed_id, url, url_key, title, title_key, content_hash, excerpt, author, seen_at)
            SELECT {id}, feed_id, 'https://{w}.example/{id}', '{w}{id}', '{w} lantern in the {where}', 'k{id}', '', '{w} excerpt', '{w} writer', @Now
            FROM source WHERE id = {source};
            INSERT INTO story (id, community_id, headline, slug, url, lead_entry_id, summary_text, summary_method, picture_id, published_at, created_at, updated_at)
            VALUES ({id}, {side.Community}, '{w} lantern in the {where}', '{w}-{where}', 'https://{w}.example/{id}', {id}, '{w} summary of a lantern',
                    'x', {id}, @Now, @Now, @Now);
            INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at) VALUES ({id}, {id}, {side.Community}, {source}, @Now);
            INSERT INTO decision (entry_id, community_id, channel_id, stage, passed, detail, at)
            VALUES ({id}, {side.Community}, {channel}, 'story', 1, '{w} decided', @Now);
            INSERT INTO channel_story (channel_id, story_id, state, at) VALUES ({channel}, {id}, 'carded', @Now);
            """,
            Instants()
        );
        Comment(side, id, channel, side.Base + 1, $"{w} says lantern in the {where}");
        Comment(side, id, channel, side.Base, $"{w} answers lantern in the {where}", 1);
        Card(id, channel, $"{w} lantern in the {where}");
    }

    // A browser that signed in with Discord.
    private void Session(CrossingSide side, long member, string role) =>
        Server.Newsroom.Run(
            $"""
            INSERT INTO identity (member_id, workspace_id, external_id, standing_at, standing_role)
            VALUES ({member}, {side.Base}, '{member}d', @Far, '{role}');
            INSERT INTO web_session (secret_hash, platform, browser, created_at, used_at, expires_at)
            VALUES ('{Secrets.Hash(side.Session(role))}', 'discord', '{side.Word} browser', @Now, @Far, @Far);
            INSERT INTO session_identity (session_id, identity_id)
            SELECT w.id, i.id FROM web_session w, identity i
            WHERE w.browser = '{side.Word} browser' AND i.external_id = '{member}d'
              AND w.secret_hash = '{Secrets.Hash(side.Session(role))}';
            """,
            Instants()
        );

    // A reply that waits for a moderator.
    private void Hold(CrossingSide side, long story, long channel, long member, string body, string why)
    {
        Comment(side, story, channel, member, body);
        Server.Newsroom.Run(
            """
            UPDATE comment SET state = 'hidden' WHERE body = @body;
            INSERT INTO review (comment_id, why, held_at) SELECT id, @why, @At FROM comment WHERE body = @body;
            """,
            new
            {
                body,
                why,
                At = Now(IsJoined ? -30 : -90).Ms(),
            }
        );
    }

    private void Comment(CrossingSide side, long story, long channel, long member, string body, int parent = 0)
    {
        Server.Newsroom.Run(
            $"""
            INSERT INTO comment (story_id, number, parent, member_id, body, visibility, channel_id, message_id, written_at, accepted_at, author_name)
            SELECT {story}, next_number, {parent}, {member}, '{body}', (SELECT publication FROM channel WHERE id = {channel}), {channel},
                   '{story}0' || next_number, @Now, @Now, '{side.Word} Author' FROM story WHERE id = {story};
            UPDATE story SET next_number = next_number + 1, comment_count = comment_count + 1 WHERE id = {story};
            """,
            Instants()
        );
    }

    private void Card(long story, long channel, string headline) =>
        Post(
            channel,
            PostSubject.Of(new StoryId(story)),
            new PostBody.Card(
                new StoryId(story),
                headline,
                "https://x.example",
                "x",
                [],
                Now(-90),
                "",
                null,
                0,
                null,
                false
            )
        );

    private void Post(long channel, PostSubject subject, PostBody body) =>
        Server.Newsroom.Run(
            """
            INSERT INTO post (channel_id, subject, part, operation, revision, body, state, not_before, message_id, cause_at, created_at, sent_at)
            VALUES (@channel, @Value, 0, 'create', 0, @Body, 'sent', 0, 'p' || @Value || @channel, @Now, @Now, @Now)
            """,
            new
            {
                channel,
                subject.Value,
                Body = PostBodies.Write(body),
                Now = Now(-30).Ms(),
            }
        );

    private object Instants() =>
        new
        {
            Now = Now(-90).Ms(),
            Meanwhile = Now(-30).Ms(),
            Far = Now(100_000).Ms(),
        };
}
