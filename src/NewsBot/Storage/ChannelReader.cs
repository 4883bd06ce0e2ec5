using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;
using NewsBot.Core.Channels;
using NewsBot.Web.Api;
using NewsBot.Web.Views;

namespace NewsBot.Storage;

/// <summary>Finds channels for those who call from outside.</summary>
internal sealed class ChannelReader(Database database, IOptions<WebChatOptions> chat)
{
    private const string Select = """
        SELECT ch.id, ch.name, w.platform FROM open_channel ch JOIN workspace w ON w.id = ch.workspace_id
        """;

    private const string All =
        $"{Select} WHERE ch.community_id = @Community AND {Sights.Channel} AND (@HasChat = 1 OR w.platform <> 'web') ORDER BY ch.id";

    private const string WebById = $"{Select} WHERE w.platform = 'web' AND ch.id = @Id AND {Sights.Channel}";

    /// <summary>The channels somebody may know of; none of the built-in chat while that is off.</summary>
    public async Task<IReadOnlyList<ApiChannel>> ListAsync(Sight sight, CancellationToken cancellationToken) =>
        await database.ReadAsync(async connection => (
                    await connection.QueryAsync<ChannelRow>(
                        All,
                        new
                        {
                            Community = PageReader.HomeCommunity,
                            Sight = (int)sight,
                            HasChat = chat.Value.Enabled,
                        }
                    )
                ).Select(row => new ApiChannel(ApiIds.Of(row.Id), row.Name, row.Platform)).ToList(), cancellationToken);

    /// <returns>A channel of the built-in chat by its id; null for none that the caller may see.</returns>
    public Task<ChannelId?> FindWebAsync(string id, Sight sight, CancellationToken cancellationToken) =>
        ApiIds.Parse(id) is { } number
            ? FindAsync(WebById, new { Id = number, Sight = (int)sight }, cancellationToken)
            : Task.FromResult<ChannelId?>(null);

    private async Task<ChannelId?> FindAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            connection => connection.QueryFirstOrDefaultAsync<ChannelRow>(sql, parameters),
            cancellationToken
        )
            is { } row
            ? new ChannelId(row.Id)
            : null;

    private sealed class ChannelRow
    {
        public required long Id { get; init; }
        public required string Name { get; init; }
        public required string Platform { get; init; }
    }
}
