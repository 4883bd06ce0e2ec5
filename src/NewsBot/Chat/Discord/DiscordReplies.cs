using System.Data.Common;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Comments;
using NewsBot.Core.Stories;
using NewsBot.Scheduling;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Takes what people write into the ledger. Each message is one transaction, and taking it again changes nothing, so it
/// does not matter whether it comes from the gateway, twice, late, or out of the history.
/// </summary>
internal sealed partial class DiscordReplies(
    Database database,
    DiscordReader reader,
    DiscordTracking tracking,
    DiscordAvatars avatars,
    DiscordState state,
    LiveUpdates live,
    PostPump pump,
    TimeProvider time,
    ILogger<DiscordReplies> logger
)
{
    // The bot learns the id of its own message from the answer to its call, and people may be quicker than that answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private const string StoryOf = """
        SELECT story_id FROM comment WHERE channel_id = @Channel AND message_id = @Message
        """;

    private const string ChannelOf = "SELECT channel_id FROM thread WHERE external_id = @Id";

    /// <summary>Takes a message as it stands now: new, edited, or read again.</summary>
    /// <param name="message">Any message; what cannot be a comment is left.</param>
    /// <param name="isReadAnew">True where it was read out of the history, so that its reactions are all there are.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <exception cref="ReplyTooEarlyException">It answers something that is not stored yet, and the history has to be read.</exception>
    public async Task TakeAsync(Message message, bool isReadAnew, CancellationToken cancellationToken)
    {
        if (!DiscordReader.IsFromPerson(message))
        {
            return;
        }

        await TakeAnsweredAsync(message, isReadAnew, cancellationToken);
        if (await IsChatterAsync(message, cancellationToken))
        {
            return;
        }

        var giveUpAt = time.GetUtcNow() + Patience;
        while (!await TryTakeAsync(message, isReadAnew, cancellationToken))
        {
            if (time.GetUtcNow() >= giveUpAt)
            {
                throw new ReplyTooEarlyException();
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Marks messages as deleted where they were written.</summary>
    /// <param name="place">The channel or thread they stood in.</param>
    /// <param name="messages">Their ids; others than comments are harmless.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public async Task DeleteAsync(
        Snowflake place,
        IReadOnlyCollection<Snowflake> messages,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var stories = await database.WriteAsync(
            async connection =>
            {
                HashSet<StoryId> changed = [];
                if (await DiscordReplyPlace.FindAsync(connection, place, now) is not { } found)
                {
                    return changed;
                }

                foreach (var message in messages)
                {
                    // Discord does not say when: one stamp for all tellings makes them one.
                    var deleted = new ReplyEvent.Deleted(found.Channel, message.ToString(), message.CreatedAt.Ms());
                    if (await CommentLedger.ApplyAsync(connection, deleted, now) is { } entry)
                    {
                        changed.Add(entry.Story);
                    }
                }

                return changed;
            },
            cancellationToken
        );
        Announce(stories);
    }

    // Events overtake each other: the message that is answered may still be on its way. It comes along with its answer, so
    // it is taken first, and the answer finds its place.
    private async Task TakeAnsweredAsync(Message message, bool isReadAnew, CancellationToken cancellationToken)
    {
        if (
            message.ReferencedMessage is { Author.Bot: false } answered
            && DiscordReader.IsFromPerson(answered)
            && !await database.ReadAsync(
                connection => DiscordReplyTarget.IsOursAsync(connection, [answered.Id]),
                cancellationToken
            )
        )
        {
            // What that one answers does not come along: the history of the thread has all of them, in their order. In a
            // channel people mostly answer each other about something else.
            if (
                !isReadAnew
                && !tracking.IsChannel(message.ChannelId.Value)
                && DiscordReader.Answered(answered) is { } before
                && !await database.ReadAsync(
                    connection => DiscordReplyTarget.IsKnownAsync(connection, before),
                    cancellationToken
                )
            )
            {
                throw new ReplyTooEarlyException();
            }

            await TakeAsync(answered with { GuildId = message.GuildId }, isReadAnew: false, cancellationToken);
        }
    }

    /// <summary>Whether this answers a person about something else: most of a busy channel, which must not take the write lock.</summary>
    private async Task<bool> IsChatterAsync(Message message, CancellationToken cancellationToken) =>
        tracking.IsChannel(message.ChannelId.Value)
        && message.ReferencedMessage?.Author is { Bot: false }
        && DiscordReader.Answered(message) is { } answered
        && !await database.ReadAsync(
            connection => DiscordReplyTarget.IsOursAsync(connection, [answered, message.Id]),
            cancellationToken
        );

    private async Task<bool> TryTakeAsync(Message message, bool isReadAnew, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var outcome = await database.WriteAsync(
            connection => TakeAsync(connection, message, isReadAnew, now),
            cancellationToken
        );
        Announce(outcome.Story is { } story ? [story] : []);
        return !outcome.IsTooEarly;
    }

    private async Task<Outcome> TakeAsync(DbConnection connection, Message message, bool isReadAnew, DateTimeOffset now)
    {
        if (await DiscordReplyPlace.FindAsync(connection, message.ChannelId, now) is not { } place)
        {
            return await IsThreadOfUnknownCardAsync(connection, message.ChannelId) ? Outcome.TooEarly : Outcome.Nothing;
        }

        if (!place.IsCollected)
        {
            return Outcome.Nothing;
        }

        switch (await DiscordReplyTarget.FindAsync(connection, place, message, tracking.Self))
        {
            case ReplyTarget.Comment target when DiscordReader.IsBlank(message):
                // Nobody can send nothing: the text was withheld from the bot.
                state.IsBlanked = true;
                LogBlank(target.Story);
                await Troubles.ReportAsync(
                    connection,
                    new TroubleReport(
                        place.Workspace.Id,
                        null,
                        DiscordProblems.MessageContent,
                        DiscordProblems.MessageContentWords
                    ),
                    now
                );
                return Outcome.Nothing;
            case ReplyTarget.Comment target:
                state.IsBlanked = false;
                return await TakeAsync(connection, new Received(message, place, target, isReadAnew, now));
            case ReplyTarget.Digest digest:
                var asker = await KeepMemberAsync(connection, message, place, now);
                await ChooseStoryAsync(connection, place, asker, digest, now);
                return Outcome.Nothing;
            case ReplyTarget.NotYetKnown:
                return Outcome.TooEarly;
            default:
                return Outcome.Nothing;
        }
    }

    private async Task<Outcome> TakeAsync(DbConnection connection, Received received)
    {
        var (message, place, target, _, now) = received;
        var id = message.Id.ToString();
        var key = new { Channel = place.Channel.Value, Message = id };
        var isKnown = await connection.ExecuteScalarAsync<long?>(StoryOf, key) is not null;
        var author = await KeepMemberAsync(connection, message, place, now);
        var written = new WrittenReply(
            "Discord",
            place.Workspace,
            target.Story,
            author,
            message.Id.CreatedAt,
            message.Member?.CommunicationDisabledUntil
        );
        if (await ChatRefusals.IsLeftAsync(connection, written, isKnown, message.EditedTimestamp, now))
        {
            return Outcome.Nothing;
        }

        var typed = await TypedAsync(connection, received);
        var markdown = reader.Markdown(message, typed, place.Guild);
        var entry = await CommentLedger.ApplyAsync(
            connection,
            new ReplyEvent.Created(
                place.Channel,
                id,
                message.Id.CreatedAt.Ms(),
                target.Story,
                target.Parent,
                author.Id,
                markdown
            ),
            now
        );
        if (entry is not null && message.EditedTimestamp is { } editedAt)
        {
            var edit = new ReplyEvent.Edited(place.Channel, id, editedAt.Ms(), markdown);
            await CommentLedger.ApplyAsync(connection, edit, now);
        }

        if (entry is not null)
        {
            await DecorateAsync(connection, received, entry, isKnown);
        }

        return new Outcome(entry?.Story, false);
    }

    /// <summary>The text without the number it answers: after an edit only if that is still what the comment answers.</summary>
    private static async Task<string> TypedAsync(DbConnection connection, Received received)
    {
        const string ParentOf = "SELECT parent FROM comment WHERE channel_id = @Channel AND message_id = @Message";
        var (message, place, target, _, _) = received;
        var parent = await connection.ExecuteScalarAsync<long?>(
            ParentOf,
            new { Channel = place.Channel.Value, Message = message.Id.ToString() }
        );
        return parent is null || parent == target.Parent ? target.Typed : DiscordReader.Typed(message);
    }

    private static Task<Core.Communities.Member> KeepMemberAsync(
        DbConnection connection,
        Message message,
        DiscordReplyPlace place,
        DateTimeOffset now
    ) => DiscordMembers.KeepAsync(connection, place.Workspace, message.Author!, message.Member, now);

    /// <summary>Whether this is a thread beside a card that is being posted right now.</summary>
    private async Task<bool> IsThreadOfUnknownCardAsync(DbConnection connection, Snowflake thread) =>
        tracking.ParentOf(thread) is { } parent
        && await ChatPlaces.Discord.FindChannelAsync(connection, parent.ToString()) is { } channel
        && await ReplyTarget.IsSendingAsync(connection, channel)
        && await connection.ExecuteScalarAsync<long?>(ChannelOf, new { Id = thread.ToString() }) is null;

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

    /// <summary>A message and what it answers.</summary>
    internal sealed record Received(
        Message Message,
        DiscordReplyPlace Place,
        ReplyTarget.Comment Target,
        bool IsReadAnew,
        DateTimeOffset Now
    );

    private sealed record Outcome(StoryId? Story, bool IsTooEarly)
    {
        public static Outcome Nothing { get; } = new(null, false);

        public static Outcome TooEarly { get; } = new(null, true);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "A reply to {Story} came without its text; switch on “Message Content Intent” on the page “Bot” of the application"
    )]
    private partial void LogBlank(StoryId story);
}
