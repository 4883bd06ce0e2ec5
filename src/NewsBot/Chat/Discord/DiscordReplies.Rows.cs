using System.Data.Common;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

internal sealed partial class DiscordReplies
{
    private const string Decorate = """
        UPDATE comment SET author_name = @Name, avatar_id = @Avatar, thread_id = @Thread WHERE id = @Id
        """;

    private const string MoveThread = """
        UPDATE thread
        SET last_message = CASE
                WHEN caught_up_at IS NULL OR CAST(last_message AS BIGINT) >= CAST(@Message AS BIGINT) THEN last_message
                ELSE @Message END,
            active_at = MAX(active_at, @At)
        WHERE id = @Thread
        """;

    private const string WantThread = """
        INSERT INTO thread (channel_id, story_id, external_id, state, next_try_at, active_at, created_at, caught_up_at)
        VALUES (@Channel, @Story, @Card, 'wanted', @Now, @Now, @Now, @Now)
        ON CONFLICT (channel_id, external_id) DO NOTHING
        """;

    private async Task DecorateAsync(DbConnection connection, Received received, LedgerEntry entry, bool isKnown)
    {
        var (message, place, target, isReadAnew, now) = received;
        if (!isKnown)
        {
            await connection.ExecuteAsync(
                Decorate,
                new
                {
                    entry.Id,
                    Name = message.Member is null ? null : DiscordMembers.Name(message.Author!, message.Member),
                    Avatar = await avatars.KeepAsync(connection, place.Guild, message, now),
                    place.Thread,
                }
            );
            await WantThreadAsync(connection, place, target, now);
        }

        await ChatAttachments.KeepAsync(
            connection,
            entry.Id,
            [.. DiscordReader.Files(message).Select(DiscordAttachments.File)],
            now
        );
        if (isReadAnew)
        {
            await ChatReactions.KeepAsync(connection, entry.Id, DiscordReactions.Counts(message.Reactions));
        }

        await connection.ExecuteAsync(
            MoveThread,
            new
            {
                place.Thread,
                Message = message.Id.ToString(),
                At = message.Id.CreatedAt.Ms(),
            }
        );
    }

    private static async Task ChooseStoryAsync(
        DbConnection connection,
        DiscordReplyPlace place,
        Core.Communities.Member asker,
        ReplyTarget.Digest digest,
        DateTimeOffset now
    )
    {
        var channel = await connection.ExecuteScalarAsync<string>(
            "SELECT external_id FROM channel WHERE id = @Id",
            new { Id = place.Channel.Value }
        );
        await ChatNotices.ChooseStoryAsync(
            connection,
            place.Channel,
            asker.Id,
            digest.Id,
            card => $"https://discord.com/channels/{place.Guild}/{channel}/{card}",
            now
        );
    }

    private static async Task WantThreadAsync(
        DbConnection connection,
        DiscordReplyPlace place,
        ReplyTarget.Comment target,
        DateTimeOffset now
    )
    {
        if (place is { Thread: null, HasThreads: true } && target.Card is { } card)
        {
            await connection.ExecuteAsync(
                WantThread,
                new
                {
                    Channel = place.Channel.Value,
                    Story = target.Story.Value,
                    Card = card,
                    Now = now.Ms(),
                }
            );
        }
    }
}
