using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Comments;
using NewsBot.Core.Stories;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Comments written in a window: taken into the ledger first, so that none is lost, and shown in their thread by a copy, as
/// in other channels. They have no message of their own, and are named after the window.
/// </summary>
internal sealed class SlackWrittenAnswers(Database database, SlackAccounts accounts, TimeProvider time)
{
    private const int MaxQuote = 280;

    private const string Refused =
        "This does not become a comment: the discussion is closed, or you are muted or have opted out. `/news me` tells.";

    private const string FindComment = """
        SELECT c.id, c.body, c.state, c.number, COALESCE(m.pseudonym, c.author_name, m.name) AS Author
        FROM comment c JOIN member m ON m.id = c.member_id WHERE c.story_id = @Story AND c.number = @Comment
        """;

    private const string FindOwn = """
        SELECT c.message_id AS Id, c.body
        FROM post p JOIN channel h ON h.id = p.channel_id
        JOIN comment c ON p.subject = 'comment:' || c.id AND c.channel_id = p.channel_id
        WHERE h.workspace_id = @Workspace AND h.external_id = @Channel AND p.message_id = @Message
          AND p.operation = 'create' AND c.member_id = @Member AND c.state = 'visible'
        """;

    private const string FindChannel = """
        SELECT id, mirror FROM channel WHERE workspace_id = @Workspace AND external_id = @Channel
        """;

    private const string KeepThread = """
        INSERT INTO thread (channel_id, story_id, external_id, state, active_at, created_at)
        VALUES (@Channel, @Story, @Thread, 'open', @Now, @Now)
        ON CONFLICT (channel_id, external_id) DO UPDATE SET active_at = MAX(thread.active_at, @Now)
        RETURNING id
        """;

    private const string Decorate = """
        UPDATE comment SET author_name = @Name, avatar_id = @Avatar, thread_id = @ThreadId WHERE id = @Id
        """;

    /// <summary>What a message says that is answered, as a quote; null where it is no visible comment.</summary>
    public static async Task<string?> QuoteAsync(DbConnection connection, MessageTarget what)
    {
        var comment = await connection.QueryFirstOrDefaultAsync<CommentRow>(
            FindComment,
            new { what.Story, what.Comment }
        );
        return comment is { State: "visible" }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"**#{comment.Number}** {MarkdownEscape.Line(comment.Author, 80)}:\n> {MarkdownEscape.Line(MarkdownPlain.Render(comment.Body), MaxQuote)}"
            )
            : null;
    }

    /// <returns>What the asker wrote on a page or in a window of ours before, where the message shows that; else null.</returns>
    public static Task<OwnAnswer?> OwnAsync(DbConnection connection, SlackAsker asker, MessageKey message) =>
        connection.QueryFirstOrDefaultAsync<OwnAnswer>(
            FindOwn,
            new
            {
                Workspace = asker.Room.Workspace.Id,
                message.Channel,
                Message = message.Id,
                Member = asker.Member.Id.Value,
            }
        );

    /// <summary>Takes a comment, or the change of one. The same window taken twice is one comment.</summary>
    /// <param name="asker">Who wrote it.</param>
    /// <param name="user">Slack's id of them.</param>
    /// <param name="answered">The message it answers, or their own comment that it changes.</param>
    /// <param name="id">Names the comment.</param>
    /// <param name="typed">What they wrote.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public async Task<TakenAnswer> TakeAsync(
        SlackAsker asker,
        string user,
        MessageKey answered,
        string id,
        string typed,
        CancellationToken cancellationToken
    )
    {
        var text = CommentText.Clean(typed);
        var account = await accounts.FindAsync(asker.Room, user, SlackAccounts.ForLooking, cancellationToken);
        return await database.WriteAsync(
            async connection =>
            {
                var what = await MessageTarget.FindAsync(connection, asker.Room.Workspace, answered);
                var channel = await connection.QueryFirstOrDefaultAsync<ChannelPlace>(
                    FindChannel,
                    new { Workspace = asker.Room.Workspace.Id, answered.Channel }
                );
                if (channel is null || what.Story is not { } story || (what.Comment is null && !what.IsCard))
                {
                    return new TakenAnswer("This comment is not here any more.");
                }

                if (await OwnAsync(connection, asker, answered) is { } own)
                {
                    return text.Length > 0 && await IsRefusedAsync(connection, asker, new StoryId(story))
                        ? new TakenAnswer(Refused)
                        : await ChangeAsync(connection, channel, own.Id, what, text);
                }

                if (text.Length == 0)
                {
                    return new TakenAnswer("Write something first.");
                }

                var answer = new NewAnswer(asker, account, new StoryId(story), (int)(what.Comment ?? 0), id, text);
                return channel.Mirror == "post-only"
                    ? new TakenAnswer("Replies in this channel are not collected; an admin can change that.")
                    : await AddAsync(connection, channel, answered, answer, what);
            },
            cancellationToken
        );
    }

    private Task<bool> IsRefusedAsync(DbConnection connection, SlackAsker asker, StoryId story)
    {
        var now = time.GetUtcNow();
        var reply = new WrittenReply("Slack", asker.Room.Workspace, story, asker.Member, now);
        return ChatRefusals.IsRefusedAsync(connection, reply, now);
    }

    private async Task<TakenAnswer> AddAsync(
        DbConnection connection,
        ChannelPlace channel,
        MessageKey answered,
        NewAnswer answer,
        MessageTarget what
    )
    {
        var now = time.GetUtcNow();
        var author = answer.Asker.Member;
        if (await IsRefusedAsync(connection, answer.Asker, answer.Story))
        {
            return new TakenAnswer(Refused);
        }

        var entry = await CommentLedger.ApplyAsync(
            connection,
            new ReplyEvent.Created(
                new ChannelId(channel.Id),
                answer.Id,
                now.Ms(),
                answer.Story,
                answer.Parent,
                author.Id,
                answer.Text
            ),
            now
        );
        if (entry is null)
        {
            return new TakenAnswer("This was taken back already.");
        }

        await ShowInAsync(connection, channel, answered.Thread ?? answered.Id, answer, entry);
        return new TakenAnswer(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Your comment is **#{entry.Number}** on {Link(what)}. It comes into the thread under your name; use *Answer this comment* on it to change it."
            ),
            entry.Story
        );
    }

    /// <summary>Notes how the author looked and in which thread it is to be shown.</summary>
    private async Task ShowInAsync(
        DbConnection connection,
        ChannelPlace channel,
        string thread,
        NewAnswer answer,
        LedgerEntry entry
    )
    {
        var now = time.GetUtcNow();
        await connection.ExecuteAsync(
            Decorate,
            new
            {
                entry.Id,
                answer.Account?.Name,
                Avatar = answer.Account?.Picture is { } picture
                    ? await ChatAvatars.KeepAsync(connection, picture, now)
                    : (long?)null,
                ThreadId = await connection.ExecuteScalarAsync<long>(
                    KeepThread,
                    new
                    {
                        Channel = channel.Id,
                        Story = answer.Story.Value,
                        Thread = thread,
                        Now = now.Ms(),
                    }
                ),
            }
        );
    }

    private async Task<TakenAnswer> ChangeAsync(
        DbConnection connection,
        ChannelPlace channel,
        string message,
        MessageTarget what,
        string text
    )
    {
        var now = time.GetUtcNow();
        ReplyEvent change =
            text.Length == 0
                ? new ReplyEvent.Deleted(new ChannelId(channel.Id), message, now.Ms())
                : new ReplyEvent.Edited(new ChannelId(channel.Id), message, now.Ms(), text);
        if (await CommentLedger.ApplyAsync(connection, change, now) is not { } entry)
        {
            return new TakenAnswer("This comment is not here any more.");
        }

        var done = text.Length == 0 ? "taken back" : "changed";
        return new TakenAnswer(
            string.Create(CultureInfo.InvariantCulture, $"Your comment **#{entry.Number}** on {Link(what)} is {done}."),
            entry.Story
        );
    }

    private static string Link(MessageTarget what) =>
        $"[{MarkdownEscape.Line(what.Headline, 140)}]({PageAddresses.StoryPath(what.Story ?? 0, what.Slug)})";

    private sealed record NewAnswer(
        SlackAsker Asker,
        SlackAccount? Account,
        StoryId Story,
        int Parent,
        string Id,
        string Text
    );

    private sealed class ChannelPlace
    {
        public required long Id { get; init; }
        public required string Mirror { get; init; }
    }

    private sealed class CommentRow
    {
        public required long Id { get; init; }
        public required string Body { get; init; }
        public required string State { get; init; }
        public required long Number { get; init; }
        public required string Author { get; init; }
    }
}

/// <summary>A comment that its author changes.</summary>
internal sealed class OwnAnswer
{
    /// <summary>Names it in the ledger.</summary>
    public required string Id { get; init; }
    public required string Body { get; init; }
}

/// <summary>What became of what somebody wrote in a window.</summary>
/// <param name="Markdown">What to tell them.</param>
/// <param name="Story">The story that has changed; null where nothing was taken.</param>
internal sealed record TakenAnswer(string Markdown, StoryId? Story = null);
