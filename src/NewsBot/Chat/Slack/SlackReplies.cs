using System.Data.Common;
using Dapper;
using NewsBot.Clients.Slack;
using NewsBot.Core.Comments;
using NewsBot.Core.Stories;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Takes what people write into the ledger. Each message is one transaction, and taking it again changes nothing, so it
/// does not matter whether it comes as an event, twice, late, or out of the history.
/// </summary>
internal sealed partial class SlackReplies(
    Database database,
    SlackReader reader,
    SlackPeople people,
    SlackInstalls installs,
    LiveUpdates live,
    PostPump pump,
    [FromKeyedServices(ChatRereads.Slack)] ChatRereads rereads,
    TimeProvider time
)
{
    private const string FindComment = """
        SELECT id, parent, body, edited_at AS EditedAt FROM comment
        WHERE channel_id = @Channel AND message_id = @Message
        """;

    // What was written in a window is shown where it belongs by a message of ours.
    private const string FindWritten = """
        SELECT c.message_id FROM post p
        JOIN comment c ON p.subject = 'comment:' || c.id AND c.channel_id = p.channel_id
        WHERE p.channel_id = @Channel AND p.message_id = @Message AND p.operation = 'create' AND p.state = 'sent'
        """;

    private const string ChannelsOf = """
        SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id
        WHERE w.platform = 'slack' AND c.external_id = @Channel
        """;

    /// <summary>Takes a message as it stands now: new, edited, or read again.</summary>
    /// <param name="reply">Any message; what cannot be a comment is left.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <exception cref="ReplyTooEarlyException">It answers something of ours that is not stored yet.</exception>
    public async Task TakeAsync(SlackReply reply, CancellationToken cancellationToken)
    {
        var message = reply.Message;
        if (
            !message.IsReply
            || message.Ts.At is null
            || !SlackReader.IsFromPerson(message)
            || installs.IsSelf(message.User, message.BotId)
            || !await database.ReadAsync(
                connection => SlackReplyPlace.MayConcernUsAsync(connection, reply.Channel, message.ThreadTs),
                cancellationToken
            )
        )
        {
            return;
        }

        // Slack is asked before the write lock is taken, never while it is held.
        var person = await people.FindAsync(reply.Team, message.User!, cancellationToken);
        if (person is { IsBot: true })
        {
            return;
        }

        var names = await reader.NamesAsync(reply.Team, message, cancellationToken);
        var now = time.GetUtcNow();
        var outcome = await database.WriteAsync(
            connection => TakeAsync(connection, reply, person, names, now),
            cancellationToken
        );
        Announce(outcome.Story is { } story ? [story] : []);
        if (outcome.IsTooEarly)
        {
            throw new ReplyTooEarlyException();
        }
    }

    /// <summary>Marks messages as deleted.</summary>
    /// <param name="channel">The channel they stood in.</param>
    /// <param name="messages">Their ids; others than comments are harmless.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public async Task DeleteAsync(
        string channel,
        IReadOnlyCollection<SlackTs> messages,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var stories = await database.WriteAsync(
            async connection =>
            {
                HashSet<StoryId> changed = [];
                foreach (var place in await connection.QueryAsync<long>(ChannelsOf, new { Channel = channel }))
                {
                    foreach (var message in messages.Where(message => message.At is not null))
                    {
                        var key = new { Channel = place, Message = message.Text };
                        // One stamp for all tellings makes them one.
                        var deleted = new ReplyEvent.Deleted(
                            new Core.Channels.ChannelId(place),
                            await connection.ExecuteScalarAsync<string?>(FindWritten, key) ?? message.Text,
                            message.At!.Value.Ms()
                        );
                        if (await CommentLedger.ApplyAsync(connection, deleted, now) is { } entry)
                        {
                            changed.Add(entry.Story);
                        }
                    }
                }

                return changed;
            },
            cancellationToken
        );
        Announce(stories);
    }

    private async Task<Outcome> TakeAsync(
        DbConnection connection,
        SlackReply reply,
        SlackPerson? person,
        SlackNames names,
        DateTimeOffset now
    )
    {
        var message = reply.Message;
        var found = await SlackReplyPlace.FindAsync(connection, reply.Team, reply.Channel, message.ThreadTs, now);
        if (found is not { } place || !await IsCollectedAsync(connection, reply, place, now))
        {
            return Outcome.Nothing;
        }

        switch (await SlackReplyTarget.FindAsync(connection, place, message.ThreadTs, SlackReader.Typed(message)))
        {
            case ReplyTarget.Comment target:
                return await TakeAsync(connection, new Received(reply, place, target, person, names, now));
            case ReplyTarget.Digest digest:
                var asker = await KeepMemberAsync(connection, place, message.User!, person, now);
                await ChatNotices.ChooseStoryAsync(
                    connection,
                    place.Channel,
                    asker.Id,
                    digest.Id,
                    card => CardUrl(place.Team, reply.Channel, card),
                    now
                );
                return Outcome.Nothing;
            case ReplyTarget.NotYetKnown:
                return Outcome.TooEarly;
            default:
                return Outcome.Nothing;
        }
    }

    private static async Task<bool> IsCollectedAsync(
        DbConnection connection,
        SlackReply reply,
        SlackReplyPlace place,
        DateTimeOffset now
    )
    {
        if (reply.Message.ChannelType == "group")
        {
            await ChatPrivacy.CloseAsync(connection, place.Channel, "Slack", now);
        }

        if (reply.IsShared && !place.IsShared)
        {
            await SlackSharing.BeginAsync(connection, place.Channel, now);
        }

        if ((reply.IsShared && !place.IsShared) || place is { IsCollected: false, IsShared: true })
        {
            await SlackSharing.RefuseAsync(connection, place.Channel, reply.Message.Ts);
            return false;
        }

        return place.IsCollected;
    }

    private async Task<Outcome> TakeAsync(DbConnection connection, Received received)
    {
        var (reply, place, target, person, names, now) = received;
        var message = reply.Message;
        var key = new { Channel = place.Channel.Value, Message = message.Ts.Text };
        var known = await connection.QueryFirstOrDefaultAsync<CommentRow>(FindComment, key);
        var author = await KeepMemberAsync(connection, place, message.User!, person, now);
        var writtenAt = message.Ts.At!.Value;
        var written = new WrittenReply("Slack", place.Workspace, target.Story, author, writtenAt);
        // What was said before an admin agreed is not taken by reading it later.
        if (
            (known is null && message.Ts <= place.Refused)
            || await ChatRefusals.IsLeftAsync(connection, written, known is not null, message.Edited?.Ts.At, now)
        )
        {
            return Outcome.Nothing;
        }

        // After an edit a number is taken out only if it still is what the comment answers.
        var typed = known is null || known.Parent == target.Parent ? target.Typed : SlackReader.Typed(message);
        var markdown = SlackReader.Markdown(message, typed, names);
        var entry = await CommentLedger.ApplyAsync(
            connection,
            new ReplyEvent.Created(
                place.Channel,
                message.Ts.Text,
                writtenAt.Ms(),
                target.Story,
                target.Parent,
                author.Id,
                markdown
            ),
            now
        );
        if (entry is not null && EditedAt(reply, known, markdown) is { } editedAt)
        {
            var edit = new ReplyEvent.Edited(place.Channel, message.Ts.Text, editedAt, markdown);
            await CommentLedger.ApplyAsync(connection, edit, now);
        }

        if (entry is not null)
        {
            await DecorateAsync(connection, received, entry, known is not null);
        }

        return new Outcome(entry?.Story, false);
    }

    private static async Task<Core.Communities.Member> KeepMemberAsync(
        DbConnection connection,
        SlackReplyPlace place,
        string user,
        SlackPerson? person,
        DateTimeOffset now
    )
    {
        var profile = new ChatProfile(person?.Name ?? ChatMembers.Name(), person is not null);
        var member = await ChatMembers.KeepAsync(connection, place.Workspace, user, profile, now);
        if (person is null)
        {
            await SlackPeople.AskLaterAsync(connection, place.Workspace.Id, user, now);
        }

        return member;
    }

    private void Announce(IReadOnlyCollection<StoryId> stories)
    {
        foreach (var story in stories)
        {
            live.Publish(new LiveUpdate(null, story));
        }

        if (stories.Count > 0)
        {
            pump.Wake();
        }
    }

    /// <summary>A message, what it answers, and whom it is of.</summary>
    private sealed record Received(
        SlackReply Reply,
        SlackReplyPlace Place,
        ReplyTarget.Comment Target,
        SlackPerson? Person,
        SlackNames Names,
        DateTimeOffset Now
    );

    private sealed record Outcome(StoryId? Story, bool IsTooEarly)
    {
        public static Outcome Nothing { get; } = new(null, false);

        public static Outcome TooEarly { get; } = new(null, true);
    }

    private sealed class CommentRow
    {
        public required long Id { get; init; }
        public required long Parent { get; init; }
        public required string Body { get; init; }
        public long? EditedAt { get; init; }
    }
}
