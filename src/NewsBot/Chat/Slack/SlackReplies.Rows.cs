using System.Data.Common;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

internal sealed partial class SlackReplies
{
    // Who cannot be asked about now may be known from before.
    private const string Decorate = """
        UPDATE comment SET author_name = COALESCE(@Name, (
            SELECT o.name FROM identity i JOIN member o ON o.id = COALESCE(i.own_member_id, i.member_id)
            WHERE i.workspace_id = @Workspace AND i.external_id = @Account AND o.name <> @Nobody
        )), avatar_id = @Avatar, thread_id = @Thread
        WHERE id = @Id
        """;

    // Ids of messages have the same length until the year 2286, so their order is that of texts.
    private const string MoveThread = """
        UPDATE thread
        SET last_message = CASE
                WHEN caught_up_at IS NULL OR last_message >= @Message THEN last_message
                ELSE @Message END,
            active_at = MAX(active_at, @At)
        WHERE id = @Thread
        """;

    private static async Task DecorateAsync(DbConnection connection, Received received, LedgerEntry entry, bool isKnown)
    {
        var (reply, place, _, person, _, now) = received;
        var message = reply.Message;
        if (!isKnown)
        {
            await connection.ExecuteAsync(
                Decorate,
                new
                {
                    entry.Id,
                    person?.Name,
                    Avatar = person is null ? null : await SlackPeople.KeepAvatarAsync(connection, person, now),
                    place.Thread,
                    Workspace = place.Workspace.Id,
                    Account = message.User,
                    Nobody = ChatMembers.Name(),
                }
            );
        }

        await ChatAttachments.KeepAsync(connection, entry.Id, SlackReader.Files(message), now);
        if (reply.IsReadAnew)
        {
            var counts = (message.Reactions ?? []).Select(one => new ReactionCount(
                SlackEmoji.Counted(one.Name),
                one.Count
            ));
            await ChatReactions.KeepAsync(connection, entry.Id, counts);
        }

        await connection.ExecuteAsync(
            MoveThread,
            new
            {
                place.Thread,
                Message = message.Ts.Text,
                At = message.Ts.At!.Value.Ms(),
            }
        );
    }

    /// <summary>Slack's own address of a message; where that of the workspace is not known, that of its thread.</summary>
    private string CardUrl(string team, string channel, string card) =>
        MessageLinks.Of(
            new MessagePlace(
                "slack",
                team,
                installs.Known.FirstOrDefault(install => install.Team == team)?.Url,
                channel,
                Thread: null
            ),
            card
        )!;

    /// <summary>The stamp of an edit; null where the message was not edited.</summary>
    private long? EditedAt(SlackReply reply, CommentRow? known, string markdown)
    {
        const long Second = 1_000;
        if (reply.ChangedAt is { } changed)
        {
            return changed.Ms();
        }

        if (reply.Message.Edited?.Ts.At?.Ms() is not { } edited)
        {
            return null;
        }

        // The history tells the second only. Where another text is kept for that same second, the history is the newer, unless
        // an edit was told since its page was read: then it is read once more.
        return
            known is { EditedAt: { } before }
            && before / Second <= edited / Second
            && known.Body != markdown
            && !rereads.HasNoted(reply.Message.Ts.Text)
            ? Math.Max(edited, before + 1)
            : edited;
    }
}
