using Dapper;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Tests.Communities;

/// <content>What happens while both are one.</content>
internal sealed partial class CrossingWorld
{
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

    // While they are one: replies of both wait in the moderators' channel of one, and each side's moderators decide about
    // the other's; a report of a private source joins a story of the other side; a digest tells what all said.
    private void ModerateTogether()
    {
        Server.Newsroom.Run(
            """
            UPDATE moderation SET channel_id = 1001 WHERE community_id = 1;
            INSERT INTO audit (community_id, actor, action, target, at, reason)
            VALUES (1, 'member-1000', 'hide', 'comment 3000#2', @Meanwhile, 'Cobalt was rude'),
                   (1, 'member-2000', 'lock', 'story-3000 A lantern for all', @Meanwhile, 'Amber was rude');
            UPDATE source SET paused_at = @Meanwhile, paused_by = 'member-1000' WHERE id = 2001;
            UPDATE source SET paused_at = @Meanwhile, paused_by = 'member-2000' WHERE id = 1001;
            INSERT INTO entry (id, feed_id, url, url_key, title, title_key, content_hash, excerpt, author, seen_at)
            VALUES (3001, 2001, 'https://cobalt.example/3001', 'c3001', 'Cobalt knew', 'k3001', '', 'Cobalt excerpt', '', @Meanwhile),
                   (3002, 1001, 'https://amber.example/3002', 'a3002', 'Amber knew', 'k3002', '', 'Amber excerpt', '', @Meanwhile);
            INSERT INTO story_entry (story_id, entry_id, community_id, source_id, joined_at)
            VALUES (1000, 3001, 1, 2001, @Meanwhile), (2000, 3002, 1, 1001, @Meanwhile);
            """,
            Instants()
        );
        foreach (var side in new[] { Amber, Cobalt })
        {
            Hold(
                side,
                3000,
                side.Base,
                side.Base + 1,
                $"{side.Word} held for all",
                $"contains the word `{side.Other.Word}forbidden`"
            );
            Hold(
                side,
                3000,
                side.Base,
                side.Base + 1,
                $"{side.Word} was kept hidden",
                $"contains the word `{side.Word}forbidden`"
            );
            Server.Newsroom.Run(
                """
                UPDATE review SET decision = 'kept', decided_by = @By, decided_at = @At
                WHERE comment_id = (SELECT id FROM comment WHERE body = @Body);
                """,
                new
                {
                    By = $"member-{side.Other.Base}",
                    At = Now(-20).Ms(),
                    Body = $"{side.Word} was kept hidden",
                }
            );
            Question($"{side.Word} held for all", new PanelButton("Show", "review 3000#1 show"));
            Question($"{side.Word} was kept hidden");
            Also(side);
            Talk(side);
        }

        Post(
            1001,
            PostSubject.Suggestion(new StoryId(1000), new StoryId(2000)),
            new PostBody.Panel("Amber and Cobalt may be one", [new PanelButton("Merge", "merge 1000 2000")])
        );
    }

    private void Question(string body, params PanelButton[] buttons)
    {
        using var connection = Database.Open();
        var id = connection.ExecuteScalar<long>("SELECT id FROM comment WHERE body = @body", new { body });
        Post(1001, PostSubject.Review(id), new PostBody.Panel($"{body}: by Amber Ada and Cobalt Ada", buttons));
    }

    // The card of a side's story names the source of the other's that reports it too.
    private void Also(CrossingSide side)
    {
        using var connection = Database.Open();
        var subject = PostSubject.Of(new StoryId(side.Base)).Value;
        var card = (PostBody.Card)
            PostBodies.Read(
                connection.ExecuteScalar<string>("SELECT body FROM post WHERE subject = @subject", new { subject })!
            );
        Server.Newsroom.Run(
            "UPDATE post SET body = @Body WHERE subject = @subject",
            new { subject, Body = PostBodies.Write(card with { Also = [$"{side.Other.Word} Vault"] }) }
        );
    }

    private void Talk(CrossingSide side)
    {
        var other = side.Other;
        Post(
            side.Base + 1,
            PostSubject.Talk(side.Base + 1, 7),
            new PostBody.DigestList(
                [
                    new DigestLine(
                        new StoryId(other.PrivateStory),
                        $"{other.Word} lantern in the cellar",
                        $"https://{other.Word}.example/1",
                        $"{other.Word} Vault",
                        2,
                        null
                    )
                    {
                        Quote = new BestComment(
                            new StoryId(other.PrivateStory),
                            1,
                            $"{other.Word} Ben",
                            $"{other.Word} says"
                        ),
                    },
                    new DigestLine(
                        new StoryId(side.PrivateStory),
                        $"{side.Word} lantern in the cellar",
                        "",
                        $"{side.Word} Vault",
                        2,
                        null
                    ),
                ],
                null
            )
            {
                MostAnswered =
                [
                    new BestComment(new StoryId(other.PrivateStory), 1, $"{other.Word} Ben", $"{other.Word} says"),
                ],
            }
        );
    }
}
