using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Web;

/// <summary>Posts into the built-in chat. The key makes sending twice harmless: a channel holds one message a key.</summary>
internal sealed class WebPublisher(Database database, LiveUpdates live, TimeProvider time) : IPublisher
{
    private const string Add = """
        INSERT INTO web_message (channel_id, post_key, body, story_id, comment_id, created_at)
        VALUES (@Channel, @Key, @Body, @Story, @Comment, @Now)
        ON CONFLICT (channel_id, post_key) DO NOTHING
        """;

    private const string Find = "SELECT id, body FROM web_message WHERE channel_id = @Channel AND post_key = @Key";

    private const string Change =
        "UPDATE web_message SET body = @Body, edited_at = COALESCE(@EditedAt, edited_at) WHERE id = @Id";

    private const string Remove =
        "UPDATE web_message SET body = @Body, deleted_at = @Now WHERE id = @Id AND deleted_at IS NULL";

    public Platform Platform => Platform.Web;

    public async Task<PublishOutcome> PublishAsync(OutgoingPost post, CancellationToken cancellationToken)
    {
        var story = StoryOf(post.Body);
        var id = await database.WriteAsync(connection => WriteAsync(connection, post), cancellationToken);
        if (id is not { } message)
        {
            return new PublishOutcome.Rejected("The message it changes is no longer there.");
        }

        live.Publish(new LiveUpdate(post.Channel, story));
        return new PublishOutcome.Sent(message.ToString(CultureInfo.InvariantCulture));
    }

    private async Task<long?> WriteAsync(DbConnection connection, OutgoingPost post)
    {
        var now = time.GetUtcNow().Ms();
        var key = new { Channel = post.Channel.Value, post.Key };
        if (post.Operation is PostOperation.Create)
        {
            await connection.ExecuteAsync(
                Add,
                new
                {
                    Channel = post.Channel.Value,
                    post.Key,
                    Body = PostBodies.Write(post.Body),
                    Story = StoryOf(post.Body)?.Value,
                    Comment = new PostSubject(post.Key[..post.Key.LastIndexOf('/')]).CommentRow,
                    Now = now,
                }
            );
        }

        var message = await connection.QuerySingleOrDefaultAsync<MessageRow>(Find, key);
        if (message is null)
        {
            return null;
        }

        if (post.Operation is PostOperation.Edit)
        {
            var editedAt = SaysSomethingNew(PostBodies.Read(message.Body), post.Body) ? now : (long?)null;
            await connection.ExecuteAsync(
                Change,
                new
                {
                    message.Id,
                    Body = PostBodies.Write(post.Body),
                    EditedAt = editedAt,
                }
            );
        }
        else if (post.Operation is PostOperation.Delete)
        {
            var gone = new
            {
                message.Id,
                Body = PostBodies.Write(post.Body),
                Now = now,
            };
            await connection.ExecuteAsync(Remove, gone);
        }

        return message.Id;
    }

    private static StoryId? StoryOf(PostBody body) => body is PostBody.Card card ? card.Story : body.Thread;

    // A new count is not an edit a reader should be told of.
    private static bool SaysSomethingNew(PostBody before, PostBody after) =>
        before is not PostBody.Card old
        || after is not PostBody.Card changed
        || PostBodies.Write(old with { Comments = 0, Quote = null })
            != PostBodies.Write(changed with { Comments = 0, Quote = null });

    private sealed class MessageRow
    {
        public required long Id { get; init; }
        public required string Body { get; init; }
    }
}
