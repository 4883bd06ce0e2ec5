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
internal sealed class CrossingWorld : IAsyncDisposable
{
    private CrossingWorld(PageServer server) => Server = server;

    public static CrossingSide Amber { get; } = new(1, "Amber", 1_000);

    public static CrossingSide Cobalt { get; } = new(2, "Cobalt", 2_000);

    public PageServer Server { get; }

    public Database Database => Server.Services.GetRequiredService<Database>();

    /// <summary>Both as they were from the start.</summary>
    public static async Task<CrossingWorld> ApartAsync()
    {
        var world = new CrossingWorld(
            new PageServer { Settings = ["--Web:PublicUrl=https://news.example", "--Chat:Web:JoinSecret=a quiet word"] }
        );
        await world.Server.InitializeAsync();
        world.Seed(Amber, "discord");
        world.Seed(Cobalt, "discord");
        return world;
    }

    /// <summary>Both after they were one for a while, wrote about the same stories, were copied, quoted and told, and parted.</summary>
    public static async Task<CrossingWorld> PartedAsync()
    {
        var world = await ApartAsync();
        var reports = world.Server.Services.GetRequiredService<RecentReports>();
        await world.Database.WriteAsync(
            async connection => await CommunityJoin.RunAsync(connection, reports, (1, 2), "code", world.Now(-60)),
            CancellationToken.None
        );
        world.LiveTogether();
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
        return world;
    }

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
                   ({n} + 1, 'https://{w}.example/2', '{w} secret picture', x'02', x'02');
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
            INSERT INTO audit (id, community_id, actor, action, target, at)
            VALUES ({n}, {side.Community}, 'member-{n}', 'pause', 'source-{n} {w} Gazette', @Now);
            INSERT INTO trouble (workspace_id, channel_id, cause, words, since) VALUES ({n} + 1, {n} + 2, 'x', '{w} trouble', @Now);
            INSERT INTO private_message (member_id, cause, body, created_at) VALUES ({n}, 'x{n}', '{w} was told', 0);
            """,
            Instants()
        );
        Server.Newsroom.Message(n, n, $"{w} says hello in the stream");
        Story(side, n, n, "hall", n);
        Story(side, n + 1, n + 1, "cellar", n + 1);
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
            VALUES ({id}, {side.Community}, '{w} lantern in the {where}', '{w}-slug', 'https://{w}.example/{id}', {id}, '{w} summary of a lantern',
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

    // While they are one: a story in channels of both, comments of both on it, copies and quotes of them on the other side,
    // a private feed in the other's channel, and admins who touch what is the other's.
    private void LiveTogether()
    {
        Server.Newsroom.Run(
            """
            INSERT INTO feed (id, url, title, interval_ms, next_poll_at) VALUES (3000, 'https://both.example/feed', 'Both', 900000, @Far);
            INSERT INTO source (id, community_id, feed_id, name, created_at) VALUES (3000, 1, 3000, 'Both', @Meanwhile);
            INSERT INTO subscription (source_id, channel_id, created_at)
            VALUES (3000, 1000, @Meanwhile), (3000, 2000, @Meanwhile), (2001, 1001, @Meanwhile), (1001, 2001, @Meanwhile);
            INSERT INTO entry (id, feed_id, url, url_key, title, title_key, content_hash, seen_at)
            VALUES (3000, 3000, 'https://both.example/1', 'b1', 'A lantern for all', 'k', '', @Meanwhile);
            INSERT INTO story (id, community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at)
            VALUES (3000, 1, 'A lantern for all', 's', 'https://both.example/1', 3000, @Meanwhile, @Meanwhile, @Meanwhile);
            INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at) VALUES (3000, 3000, 1, 3000, @Meanwhile);
            INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (1000, 3000, 'carded', @Meanwhile), (2000, 3000, 'carded', @Meanwhile),
                   (1001, 2001, 'carded', @Meanwhile), (2001, 1001, 'carded', @Meanwhile);
            INSERT INTO follow (member_id, story_id, created_at) VALUES (1001, 2000, @Meanwhile), (2001, 1000, @Meanwhile);
            INSERT INTO audit (community_id, actor, action, target, before, after, at)
            VALUES (1, 'member-1000', 'pause', 'source-2001 Cobalt Vault', '{"x":"Cobalt"}', '{"x":"Cobalt"}', @Meanwhile),
                   (1, 'member-2000', 'pause', 'source-1001 Amber Vault', '{"x":"Amber"}', '{"x":"Amber"}', @Meanwhile);
            INSERT INTO private_message (member_id, cause, body, created_at)
            VALUES (1000, 'comment:3000:2', 'Cobalt wrote', @Meanwhile), (2000, 'comment:3000:1', 'Amber wrote', @Meanwhile);
            INSERT INTO word (community_id, word, added_by, created_at) VALUES (1, 'cobaltlater', 'member-2000', @Meanwhile);
            INSERT INTO decision (entry_id, community_id, channel_id, stage, passed, detail, at)
            VALUES (3000, 1, 2000, 'filter', 1, 'Cobalt let it in', @Meanwhile);
            """,
            Instants()
        );
        Card(3000, 1000, "A lantern for all");
        Card(3000, 2000, "A lantern for all");
        Comment(Amber, 3000, 1000, 1001, "Amber says lantern to all");
        Comment(Cobalt, 3000, 2000, 2001, "Cobalt says lantern to all", 1);
        Comment(Amber, 3000, 1000, 1000, "Amber thanks for the lantern", 2);
        Comment(Amber, 2001, 1001, 1001, "Amber on the lantern of the vault");
        foreach (var (number, channel) in new[] { (1, 2000L), (2, 1000L), (3, 2000L) })
        {
            using var connection = Database.Open();
            var id = connection.ExecuteScalar<long>(
                $"SELECT id FROM comment WHERE story_id = 3000 AND number = {number}"
            );
            Post(channel, PostSubject.Comment(id), new PostBody.Copy(new StoryId(3000), number));
        }

        Post(
            1000,
            PostSubject.Digest(1),
            new PostBody.DigestList(
                [],
                new BestComment(new StoryId(3000), 2, "Cobalt Ben", "Cobalt says lantern to all")
            )
        );
        Post(
            2000,
            PostSubject.Digest(2),
            new PostBody.DigestList([], new BestComment(new StoryId(3000), 1, "Amber Ben", "Amber says lantern to all"))
        );
    }

    private object Instants() =>
        new
        {
            Now = Now(-90).Ms(),
            Meanwhile = Now(-30).Ms(),
            Far = Now(100_000).Ms(),
        };
}

/// <summary>One of the two.</summary>
/// <param name="Community">Its row.</param>
/// <param name="Word">What all of it says.</param>
/// <param name="Base">Where its ids begin: the id of its public channel, story, source, picture and admin; one more is the private one's.</param>
internal sealed record CrossingSide(long Community, string Word, long Base)
{
    /// <summary>Cookie and token of its admin.</summary>
    public string Secret => $"a-secret-of-{Word}-long-enough";

    /// <summary>The workspace its channels are in.</summary>
    public string WorkspaceSql => Community == 1 ? "(SELECT id FROM workspace WHERE platform = 'web')" : $"{Base}";

    public long PrivateStory => Base + 1;

    public Member Admin => new(new MemberId(Base), new CommunityId(Community), $"{Word} Ada", Role.Admin, null);

    public CrossingSide Other => Community == 1 ? CrossingWorld.Cobalt : CrossingWorld.Amber;
}
