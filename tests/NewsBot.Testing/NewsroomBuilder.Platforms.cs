namespace NewsBot.Testing;

/// <content>Workspaces and channels of other platforms.</content>
public sealed partial class NewsroomBuilder
{
    /// <summary>A workspace of a platform.</summary>
    /// <param name="platform">Such as "discord".</param>
    /// <param name="externalId">The platform's id of it.</param>
    /// <param name="community">Whose it is; it has to exist.</param>
    public long Workspace(string platform, string externalId, long community) =>
        Number(
            """
            INSERT INTO workspace (community_id, platform, external_id, name)
            VALUES (@community, @platform, @externalId, @externalId) RETURNING id
            """,
            new
            {
                community,
                platform,
                externalId,
            }
        );

    /// <summary>A channel of a workspace.</summary>
    public long ChannelOf(long workspace, string name, string publication) =>
        Number(
            """
            INSERT INTO channel (community_id, workspace_id, external_id, name, publication, created_at)
            SELECT community_id, id, @name, @name, @publication, @Now FROM workspace WHERE id = @workspace RETURNING id
            """,
            new
            {
                workspace,
                name,
                publication,
                Now = Ms(Now),
            }
        );

    /// <summary>Puts a story's card into one more channel.</summary>
    public void AlsoIn(long story, long channel) =>
        Run(
            "INSERT INTO channel_story (channel_id, story_id, state, at) VALUES (@channel, @story, 'carded', @Now)",
            new
            {
                channel,
                story,
                Now = Ms(Now),
            }
        );

    /// <summary>A comment written in a chat, as that chat named its message.</summary>
    /// <returns>Its number.</returns>
    public int CommentOf(long story, long member, long channel, string text, int parent = 0, string? message = null) =>
        (int)Number(
            """
            UPDATE story SET next_number = next_number + 1 WHERE id = @story;
            INSERT INTO comment (story_id, number, parent, member_id, body, visibility, channel_id, message_id, written_at, accepted_at)
            SELECT s.id, s.next_number - 1, @parent, @member, @text, ch.publication, ch.id,
                   COALESCE(@message, 'm' || s.id || '-' || s.next_number), @Now, @Now
            FROM story s JOIN channel ch ON ch.id = @channel WHERE s.id = @story RETURNING number
            """,
            new
            {
                story,
                member,
                channel,
                text,
                parent,
                message,
                Now = Ms(Now),
            }
        );
}
