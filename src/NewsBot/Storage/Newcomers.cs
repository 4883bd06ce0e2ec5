using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

/// <summary>Finds who wrote for the first time, as far as one channel may read what they wrote.</summary>
internal static class Newcomers
{
    /// <summary>So many are named; of more nobody reads the names.</summary>
    public const int Most = 5;

    private const string Shown = $"""
        FROM comment c JOIN member m ON m.id = c.member_id JOIN channel ch ON ch.id = @Channel
        JOIN channel_story cs ON cs.channel_id = ch.id AND cs.story_id = c.story_id AND cs.state <> 'held'
        JOIN story s ON s.id = c.story_id AND s.taken_down_at IS NULL
        WHERE {LiveliestComments.MayShow}
        """;

    private const string Find = $"""
        SELECT c.member_id AS Member, MAX(COALESCE(m.pseudonym, c.author_name, m.name)) AS Name
        {Shown} AND c.accepted_at > @Since AND (m.muted_until IS NULL OR m.muted_until <= @Now)
          AND NOT EXISTS (SELECT 1 FROM comment o WHERE o.member_id = c.member_id AND o.accepted_at <= @Since)
        GROUP BY c.member_id ORDER BY COUNT(*) DESC, c.member_id LIMIT @Most
        """;

    private const string Again = $"""
        SELECT MAX(COALESCE(m.pseudonym, c.author_name, m.name)) {Shown} AND c.member_id = @Member
        """;

    /// <returns>Those who wrote first since an instant and are not muted, whoever wrote most first.</returns>
    public static async Task<IReadOnlyList<Newcomer>> SinceAsync(
        DbConnection connection,
        ChannelId channel,
        DateTimeOffset since,
        DateTimeOffset now
    )
    {
        var key = new
        {
            Channel = channel.Value,
            Since = since.Ms(),
            Now = now.Ms(),
            Most,
        };
        return
        [
            .. (await connection.QueryAsync<NewcomerRow>(Find, key)).Select(row => new Newcomer(row.Member, row.Name)),
        ];
    }

    /// <returns>The same people by the names shown now, without those of whom the channel may read nothing any more.</returns>
    public static async Task<IReadOnlyList<Newcomer>> NowAsync(
        DbConnection connection,
        ChannelId channel,
        IReadOnlyList<Newcomer> named
    )
    {
        List<Newcomer> now = [];
        foreach (var one in named)
        {
            var key = new { Channel = channel.Value, one.Member };
            if (await connection.ExecuteScalarAsync<string?>(Again, key) is { } name)
            {
                now.Add(one with { Name = name });
            }
        }

        return now;
    }

    private sealed class NewcomerRow
    {
        public required long Member { get; init; }
        public required string Name { get; init; }
    }
}
