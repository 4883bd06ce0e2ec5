using System.Data.Common;
using System.Text.Json;
using Dapper;
using NewsBot.Core.Digests;
using NewsBot.Core.Stories;

namespace NewsBot.Storage;

/// <summary>Reads what the people of a channel's community talked about and reacted to lately, as far as the channel may tell of it.</summary>
internal static class DigestInterest
{
    // A busy community's month; the newest say most.
    private const int MostSigns = 5_000;

    private const string Said = $"""
        SELECT c.story_id AS Story, c.accepted_at AS At, c.reactions, s.headline, s.url, le.categories, so.name AS Source
        FROM comment c JOIN member m ON m.id = c.member_id JOIN channel ch ON ch.id = @Channel
        JOIN story s ON s.id = c.story_id AND s.taken_down_at IS NULL AND s.community_id = ch.community_id
        JOIN entry le ON le.id = s.lead_entry_id
        JOIN story_entry se ON se.story_id = s.id AND se.entry_id = s.lead_entry_id
        JOIN source so ON so.id = se.source_id
        WHERE c.accepted_at > @Since AND {LiveliestComments.MayShow}
        ORDER BY c.accepted_at DESC LIMIT @Limit
        """;

    // One person once for a story, however often and wherever they clicked; what is shown to nobody here teaches nothing here.
    private const string Reacted = """
        SELECT r.story_id AS Story, MIN(r.at) AS At, s.headline, s.url, le.categories, so.name AS Source
        FROM card_reaction r JOIN channel ch ON ch.id = @Channel
        JOIN open_channel oc ON oc.id = r.channel_id AND oc.community_id = ch.community_id
        JOIN story s ON s.id = r.story_id AND s.taken_down_at IS NULL AND s.community_id = ch.community_id
        JOIN entry le ON le.id = s.lead_entry_id
        JOIN story_entry se ON se.story_id = s.id AND se.entry_id = s.lead_entry_id
        JOIN source so ON so.id = se.source_id
        WHERE r.at > @Since
          AND (r.channel_id = ch.id OR oc.publication = 'public'
               OR (oc.publication = 'members' AND ch.publication <> 'public'))
        GROUP BY r.story_id, r.user_hash, s.headline, s.url, le.categories, so.name
        ORDER BY MIN(r.at) DESC LIMIT @Limit
        """;

    public static async Task<CommunityInterest> LoadAsync(DbConnection connection, long channel, DateTimeOffset now)
    {
        var key = new
        {
            Channel = channel,
            Since = (now - CommunityInterest.Memory).Ms(),
            Limit = MostSigns,
        };
        var said = await connection.QueryAsync<SignRow>(Said, key);
        var reacted = await connection.QueryAsync<SignRow>(Reacted, key);
        return CommunityInterest.Of([.. said.Concat(reacted).Select(row => row.ToSign())], now);
    }

    private sealed class SignRow
    {
        public required long Story { get; init; }
        public required long At { get; init; }

        /// <summary>Null where it is no comment.</summary>
        public string? Reactions { get; init; }
        public required string Headline { get; init; }
        public required string Url { get; init; }
        public required string Categories { get; init; }
        public required string Source { get; init; }

        public InterestSign ToSign() =>
            new(
                Story,
                Source,
                StoryTopic.Of(Categories.Split('\n', StringSplitOptions.RemoveEmptyEntries), Headline, Url),
                Instants.At(At),
                Reactions is null ? 1 : Count(Reactions),
                Reactions is not null
            );

        private static int Count(string reactions)
        {
            // Most comments have none, and what cannot be read counts as none.
            if (reactions.Length <= "[]".Length)
            {
                return 0;
            }

            try
            {
                var counts = JsonSerializer.Deserialize<List<ReactionRow>>(reactions, JsonSerializerOptions.Web) ?? [];
                return counts.Sum(count => Math.Clamp(count.Count, 0, 1_000));
            }
            catch (JsonException)
            {
                return 0;
            }
        }
    }

    private sealed record ReactionRow(int Count);
}
