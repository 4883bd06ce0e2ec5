using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Flows;
using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>The traces of stories, as the outbox keeps them: what happens to a story later belongs to the one of its card.</summary>
internal static class StoryTraces
{
    private const string Find = """
        SELECT trace_parent FROM post
        WHERE subject = @Card AND operation = 'create' AND trace_parent IS NOT NULL
        ORDER BY CASE WHEN channel_id = @Channel THEN 0 ELSE 1 END, id LIMIT 1
        """;

    /// <param name="connection">Where the outbox is.</param>
    /// <param name="story">The story.</param>
    /// <param name="channel">Whose card comes first; null for any.</param>
    /// <returns>A W3C traceparent; null where nobody listens, or nobody did when the card was made.</returns>
    public static async Task<string?> FindAsync(DbConnection connection, StoryId story, ChannelId? channel = null) =>
        Traces.IsOn
            ? await connection.ExecuteScalarAsync<string?>(
                Find,
                new { Card = PostSubject.Of(story).Value, Channel = channel?.Value }
            )
            : null;
}
