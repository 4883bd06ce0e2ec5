using Dapper;
using NewsBot.Clients.Discord.Gateway;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Keeps where the gateway goes on, so that a restart misses nothing.</summary>
internal sealed class DiscordSessions(Database database, TimeProvider time) : IGatewaySessionStore
{
    private const string Load = """
        SELECT session_id AS SessionId, resume_url AS ResumeUrl, sequence, scope FROM gateway_session
        WHERE platform = 'discord' AND shard = @Shard
        """;

    private const string Save = """
        INSERT INTO gateway_session (platform, shard, session_id, resume_url, sequence, scope, saved_at)
        VALUES ('discord', @Shard, @SessionId, @ResumeUrl, @Sequence, @Scope, @Now)
        ON CONFLICT (platform, shard) DO UPDATE
        SET session_id = excluded.session_id, resume_url = excluded.resume_url, sequence = excluded.sequence,
            scope = excluded.scope, saved_at = excluded.saved_at
        """;

    private const string Forget = "DELETE FROM gateway_session WHERE platform = 'discord' AND shard = @Shard";

    public async Task<GatewayResume?> LoadAsync(int shard, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.QueryFirstOrDefaultAsync<SessionRow>(Load, new { Shard = shard }),
            cancellationToken
        );
        return row is null ? null : new GatewayResume(row.SessionId, row.ResumeUrl, row.Sequence, row.Scope);
    }

    public Task SaveAsync(int shard, GatewayResume? resume, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                (Task)(
                    resume is null
                        ? connection.ExecuteAsync(Forget, new { Shard = shard })
                        : connection.ExecuteAsync(
                            Save,
                            new
                            {
                                Shard = shard,
                                resume.SessionId,
                                resume.ResumeUrl,
                                resume.Sequence,
                                resume.Scope,
                                Now = time.GetUtcNow().Ms(),
                            }
                        )
                ),
            cancellationToken
        );

    private sealed class SessionRow
    {
        public required string SessionId { get; init; }
        public required string ResumeUrl { get; init; }
        public required long Sequence { get; init; }
        public required string Scope { get; init; }
    }
}
