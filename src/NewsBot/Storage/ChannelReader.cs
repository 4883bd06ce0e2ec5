using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Web.Api;

namespace NewsBot.Storage;

/// <summary>Finds channels for those who call from outside.</summary>
internal sealed class ChannelReader(Database database)
{
    private const string Select = """
        SELECT c.id, c.name, w.platform FROM channel c JOIN workspace w ON w.id = c.workspace_id
        """;

    // What is not published is not listed either; the built-in chat is open to whoever can reach it.
    private const string All = $"{Select} WHERE c.publication = 'public' OR w.platform = 'web' ORDER BY c.id";

    private const string WebById = $"{Select} WHERE w.platform = 'web' AND c.id = @Id";

    private const string WebByName = $"{Select} WHERE w.platform = 'web' AND c.external_id = @Name";

    public async Task<IReadOnlyList<ApiChannel>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async connection =>
                (await connection.QueryAsync<ChannelRow>(All))
                    .Select(row => new ApiChannel(ApiIds.Of(row.Id), row.Name, row.Platform))
                    .ToList(),
            cancellationToken
        );

    /// <returns>A channel of the built-in chat by its id; null for none.</returns>
    public Task<ChannelId?> FindWebAsync(string id, CancellationToken cancellationToken) =>
        ApiIds.Parse(id) is { } number
            ? FindAsync(WebById, new { Id = number }, cancellationToken)
            : Task.FromResult<ChannelId?>(null);

    /// <returns>A channel of the built-in chat by its name; null for none.</returns>
    public Task<ChannelId?> FindWebByNameAsync(string name, CancellationToken cancellationToken) =>
        FindAsync(WebByName, new { Name = name.ToLowerInvariant() }, cancellationToken);

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
