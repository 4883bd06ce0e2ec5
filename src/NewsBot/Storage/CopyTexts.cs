using System.Data.Common;
using Dapper;
using NewsBot.Core.Comments;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Core.Summaries;
using NewsBot.Core.Text;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

/// <summary>
/// Puts into a post what it says of comments at the moment it is handed out: the outbox keeps nobody's words, so an edit, an
/// erasure or a narrower setting needs to be known in one place only.
/// </summary>
/// <param name="origin">Of our pages, without a slash at its end; null where nobody outside reaches them.</param>
internal sealed class CopyTexts(string? origin)
{
    // A short quote: enough to know again what is answered.
    private const int MaxQuote = 120;

    // More are on the page.
    private const int MaxFiles = 10;

    private const string FindCard = """
        SELECT message_id FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = 0 AND operation = 'create' AND state = 'sent'
        """;

    private const string ShownCard = """
        SELECT body FROM post
        WHERE channel_id = @Channel AND subject = @Subject AND part = 0 AND operation <> 'delete' AND state = 'sent'
        ORDER BY revision DESC LIMIT 1
        """;

    private const string KeepBody = "UPDATE post SET body = @Body WHERE id = @Value";

    private const string FindCopy = """
        SELECT p.message_id FROM post p
        WHERE p.channel_id = @Channel AND p.subject = @Subject AND p.operation = 'create' AND p.state = 'sent'
          AND NOT EXISTS (
            SELECT 1 FROM post d
            WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.part = p.part AND d.operation = 'delete')
        ORDER BY p.part DESC LIMIT 1
        """;

    private const string FileNames = """
        SELECT name FROM attachment WHERE comment_id = @Id ORDER BY position LIMIT @MaxFiles
        """;

    /// <returns>The post with its words; null where what it would say may not be said there any more.</returns>
    public async Task<OutgoingPost?> FillAsync(
        DbConnection connection,
        OutgoingPost post,
        DateTimeOffset createdAt,
        DateTimeOffset now
    )
    {
        // A later try says what the first one said, whose message may be there.
        if (
            post is { Body: PostBody.Card { IsRemoved: false } card, Attempts: 1 }
            && post.Operation is not PostOperation.Delete
        )
        {
            return await CountedAsync(connection, post, card);
        }

        if (post.Body.Thread is not { } about)
        {
            return post;
        }

        var channel = await CopyRows.ChannelAsync(connection, post.Channel);
        var body = post.Body switch
        {
            PostBody.Copy copy => await CopyAsync(connection, post, copy, channel, now),
            PostBody.SoFar soFar => await SoFarAsync(connection, post, soFar, channel, createdAt),
            PostBody.More more => more with { Page = CommentPage(channel, about, more.First) },
            PostBody.Notice notice => Published(post, notice, channel, about),
            _ => post.Body,
        };
        return body is null
            ? null
            : post with
            {
                Body = body,
                CardMessage = await connection.ExecuteScalarAsync<string?>(
                    FindCard,
                    new { Channel = post.Channel.Value, Subject = PostSubject.Of(about).Value }
                ),
            };
    }

    // An edit that would only bring the count the card shows already is none.
    private static async Task<OutgoingPost?> CountedAsync(
        DbConnection connection,
        OutgoingPost post,
        PostBody.Card card
    )
    {
        var body = PostBodies.Write(
            card = card with { Comments = await StoryCards.CountAsync(connection, card.Story, post.Channel) }
        );
        if (
            post is { Operation: PostOperation.Edit, Priority: StoryCards.CountPriority }
            && await connection.ExecuteScalarAsync<string?>(
                ShownCard,
                new { Channel = post.Channel.Value, Subject = PostSubject.Of(card.Story).Value }
            ) == body
        )
        {
            return null;
        }

        await connection.ExecuteAsync(KeepBody, new { post.Id.Value, Body = body });
        return post with { Body = card };
    }

    private async Task<PostBody?> CopyAsync(
        DbConnection connection,
        OutgoingPost post,
        PostBody.Copy copy,
        MirrorRow channel,
        DateTimeOffset now
    )
    {
        var row = await CopyRows.CommentAsync(connection, copy.Story, copy.Number);
        var mayShow = row is not null && CopyPlan.MayShow(row.Source(now), channel.Channel);
        if (post is { Operation: PostOperation.Create, Attempts: 1 } && (!mayShow || row!.State == "deleted"))
        {
            return null;
        }

        var state =
            !mayShow || post.Operation is PostOperation.Delete || row!.State == "deleted" ? CopyState.Deleted
            : row.State == "hidden" ? CopyState.Hidden
            : CopyState.Shown;
        return copy with
        {
            Comment =
                state is CopyState.Shown
                    ? await ShownAsync(connection, row!, channel, now)
                    : new CopiedComment(
                        "",
                        null,
                        row is null ? "" : Origin(row, channel),
                        "",
                        state,
                        null,
                        CommentPage(channel, copy.Story, copy.Number),
                        []
                    ),
        };
    }

    private async Task<CopiedComment> ShownAsync(
        DbConnection connection,
        CopiedRow row,
        MirrorRow channel,
        DateTimeOffset now
    )
    {
        var story = new StoryId(row.StoryId);
        return new CopiedComment(
            row.Author,
            row.Avatar,
            Origin(row, channel),
            row.Body,
            CopyState.Shown,
            row.Parent == ThreadPlace.Story ? null : await AnsweredAsync(connection, row, channel, now),
            CommentPage(channel, story, (int)row.Number),
            [.. await connection.QueryAsync<string>(FileNames, new { row.Id, MaxFiles })]
        );
    }

    private async Task<AnsweredComment> AnsweredAsync(
        DbConnection connection,
        CopiedRow row,
        MirrorRow channel,
        DateTimeOffset now
    )
    {
        var story = new StoryId(row.StoryId);
        var page = CommentPage(channel, story, (int)row.Parent);
        var parent = await CopyRows.CommentAsync(connection, story, row.Parent);
        var isSeen = parent is { State: "visible" } && CopyPlan.MayRead(parent.Source(now), channel.Channel);
        return new AnsweredComment(
            (int)row.Parent,
            isSeen ? parent!.Author : "",
            isSeen ? Excerpt.Of(MarkdownPlain.Render(parent!.Body), MaxQuote) : "",
            parent is null ? null : await MessageAsync(connection, parent, channel),
            page
        );
    }

    private static async Task<string?> MessageAsync(DbConnection connection, CopiedRow comment, MirrorRow channel) =>
        comment.ChannelId == channel.ChannelId && comment.HasMessage
            ? comment.MessageId
            : await connection.ExecuteScalarAsync<string?>(
                FindCopy,
                new { Channel = channel.ChannelId, Subject = PostSubject.Comment(comment.Id).Value }
            );

    private async Task<PostBody?> SoFarAsync(
        DbConnection connection,
        OutgoingPost post,
        PostBody.SoFar soFar,
        MirrorRow channel,
        DateTimeOffset until
    )
    {
        var discussion = await Discussions.SoFarAsync(connection, soFar.Story, post.Channel, until);
        return discussion.Count == 0 && post is { Operation: PostOperation.Create, Attempts: 1 }
            ? null
            : soFar with
            {
                Discussion = new DiscussionSoFar(discussion.Count, discussion.Best, StoryPage(channel, soFar.Story)),
            };
    }

    // What a channel publishes nowhere needs no word of it, unless others were said to read it.
    private PostBody.Notice? Published(OutgoingPost post, PostBody.Notice notice, MirrorRow channel, StoryId story)
    {
        if (origin is null)
        {
            return null;
        }

        var words = ThreadNotices.Words(StoryPage(story), channel.Publication);
        return words is null && post is { Operation: PostOperation.Create, Attempts: 1 }
            ? null
            : notice with
            {
                Markdown = words ?? ThreadNotices.NoMore,
            };
    }

    // Two places of one kind are told apart by their names.
    private static string Origin(CopiedRow row, MirrorRow channel) =>
        !row.HasMessage && row.MessageId.StartsWith(CommentMessage.PagePrefix, StringComparison.Ordinal) ? "Web"
        : row.ChannelId == channel.ChannelId || row.Platform != channel.Platform ? Wording.Platform(row.Platform)
        : row.Workspace == channel.Workspace ? $"#{row.ChannelName}"
        : row.WorkspaceName;

    private string? StoryPage(MirrorRow channel, StoryId story) => Reaches(channel) ? StoryPage(story) : null;

    private string StoryPage(StoryId story) => origin + Paths.Story(story.Value, "");

    private string? CommentPage(MirrorRow channel, StoryId story, int number) =>
        Reaches(channel) ? origin + Paths.Comment(story.Value, number) : null;

    private bool Reaches(MirrorRow channel) => origin is not null && channel.Publication == "public";
}
