using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using NewsBot.Chat;
using NewsBot.Core.Channels;
using NewsBot.Storage;

namespace NewsBot.Processes;

/// <summary>Who holds which lease, and how the platforms' connections are that this process does not hold itself.</summary>
internal sealed class LeaseBoard(Database database, ChatStatus status)
{
    private const string Write = """
        UPDATE lease SET conditions = @Conditions
        WHERE name = @Name AND process_id = @Process AND conditions IS DISTINCT FROM @Conditions
        """;

    private const string Read = "SELECT name, conditions FROM lease WHERE process_id <> @Process";

    private readonly ConcurrentDictionary<string, bool> _leases = new(StringComparer.Ordinal);

    /// <summary>The leases there are, and whether this process holds each.</summary>
    public IEnumerable<KeyValuePair<string, bool>> All => _leases;

    /// <summary>Whether this process holds a lease.</summary>
    public bool Holds(string lease) => _leases.GetValueOrDefault(lease);

    /// <summary>The lease of whoever holds the connections to a platform.</summary>
    public static string Of(Platform platform) =>
        platform switch
        {
            Platform.Discord => "discord",
            Platform.Slack => "slack",
            _ => throw new ArgumentOutOfRangeException(nameof(platform)),
        };

    /// <summary>Says whether this process holds a lease.</summary>
    public void Set(string lease, bool isHeld) => _leases[lease] = isHeld;

    /// <summary>Writes down how our connections are, and reads how those of the others are.</summary>
    public async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        foreach (var platform in status.Platforms.Where(platform => Holds(Of(platform))))
        {
            if (status.Own(platform) is { } conditions)
            {
                var parameters = new
                {
                    Name = Of(platform),
                    database.Process,
                    Conditions = JsonSerializer.Serialize(conditions),
                };
                // Nobody decides by it.
                await database.WriteBesideAsync(
                    connection => connection.ExecuteAsync(Write, parameters),
                    cancellationToken
                );
            }
        }

        var others = (
            await database.ReadAsync(
                connection => connection.QueryAsync<(string Name, string? Conditions)>(Read, new { database.Process }),
                cancellationToken
            )
        ).ToDictionary(row => row.Name, row => row.Conditions, StringComparer.Ordinal);
        foreach (var platform in status.Platforms)
        {
            var told = others.GetValueOrDefault(Of(platform));
            status.Hear(platform, told is null ? null : JsonSerializer.Deserialize<ChatConditions>(told));
        }
    }
}
