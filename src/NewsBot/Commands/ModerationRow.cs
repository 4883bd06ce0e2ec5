using System.Data.Common;
using Dapper;

namespace NewsBot.Commands;

/// <summary>How a community is moderated.</summary>
internal sealed class ModerationRow
{
    private const string Find = """
        SELECT channel_id AS ChannelId, log, links FROM moderation WHERE community_id = @community
        """;

    /// <summary>Where moderators are asked; null for by private message.</summary>
    public long? ChannelId { get; init; }

    /// <summary>Who may read what they did: "public", "private" or "off".</summary>
    public string Log { get; init; } = "private";

    /// <summary>What happens to links: "let-through", "hold-new-members" or "hold-all".</summary>
    public string Links { get; init; } = "let-through";

    /// <returns>What is usual where nobody has said otherwise.</returns>
    public static async Task<ModerationRow> FindAsync(DbConnection connection, long community) =>
        await connection.QueryFirstOrDefaultAsync<ModerationRow>(Find, new { community }) ?? new ModerationRow();

    /// <summary>The change of one of them. A community that keeps to what is usual has no row, so one is made.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="community">Whose.</param>
    /// <param name="values">Columns, as they are and as they will be.</param>
    public static async Task<RowChange> ChangeAsync(
        DbConnection connection,
        long community,
        IReadOnlyList<(string Column, object? Before, object? After)> values
    )
    {
        await connection.ExecuteAsync(
            "INSERT INTO moderation (community_id) VALUES (@community) ON CONFLICT (community_id) DO NOTHING",
            new { community }
        );
        return new RowChange(
            "moderation",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["community_id"] = community },
            values.ToDictionary(value => value.Column, value => value.Before, StringComparer.Ordinal),
            values.ToDictionary(value => value.Column, value => value.After, StringComparer.Ordinal)
        );
    }
}
