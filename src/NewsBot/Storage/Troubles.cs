using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Channels;

namespace NewsBot.Storage;

/// <summary>What is wrong between platforms and us. Each trouble is told once to the admins while it lasts.</summary>
internal sealed class Troubles(Database database, TimeProvider time)
{
    // A trouble that begins again was mended in between: it is new, and told again.
    private const string Keep = """
        INSERT INTO trouble (workspace_id, channel_id, cause, words, since)
        VALUES (@Workspace, @Channel, @Cause, @Words, @Now)
        ON CONFLICT (workspace_id, cause) DO UPDATE SET words = excluded.words
        RETURNING id, since, told_at AS ToldAt
        """;

    private const string FindCommunity = "SELECT community_id FROM workspace WHERE id = @Workspace";

    private const string MarkTold = "UPDATE trouble SET told_at = @Now WHERE id = @Id";

    private const string Mend = "DELETE FROM trouble WHERE workspace_id = @Workspace AND cause = @Cause";

    private const string Untold = """
        SELECT id, workspace_id AS WorkspaceId, channel_id AS ChannelId, cause, words, since FROM trouble
        WHERE workspace_id = @Workspace AND told_at IS NULL ORDER BY id
        """;

    private const string Causes = "SELECT cause FROM trouble WHERE workspace_id = @Workspace";

    /// <summary>The cause of a channel that a platform refused posts for.</summary>
    public static string ParkedCause(ChannelId channel) =>
        string.Create(CultureInfo.InvariantCulture, $"parked:{channel.Value}");

    /// <summary>Notes a trouble and tells the admins where they do not know of it yet.</summary>
    public Task ReportAsync(TroubleReport report, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => ReportAsync(connection, report, time.GetUtcNow()), cancellationToken);

    /// <summary>Strikes out a trouble that is over. One that is not there is no error.</summary>
    public Task MendAsync(long workspace, string cause, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => (Task)MendAsync(connection, workspace, cause), cancellationToken);

    /// <inheritdoc cref="ReportAsync(TroubleReport, CancellationToken)"/>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="report">What is wrong.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task ReportAsync(DbConnection connection, TroubleReport report, DateTimeOffset now)
    {
        var kept = await SaveAsync(connection, report, now);
        if (kept.ToldAt is null)
        {
            await TellAsync(connection, kept.Id, kept.Since, report, now);
        }
    }

    /// <summary>Notes a trouble; whether and when it is told, another step decides.</summary>
    public static Task KeepAsync(DbConnection connection, TroubleReport report, DateTimeOffset now) =>
        SaveAsync(connection, report, now);

    /// <inheritdoc cref="MendAsync(long, string, CancellationToken)"/>
    public static Task<int> MendAsync(DbConnection connection, long workspace, string cause) =>
        connection.ExecuteAsync(Mend, new { Workspace = workspace, Cause = cause });

    /// <summary>Tells of what nobody could be told of before, because no admin was known then.</summary>
    public static async Task TellRestAsync(DbConnection connection, long workspace, DateTimeOffset now)
    {
        foreach (var row in await connection.QueryAsync<TroubleRow>(Untold, new { Workspace = workspace }))
        {
            await TellAsync(connection, row.Id, row.Since, row.ToReport(), now);
        }
    }

    /// <returns>The causes of all troubles of a workspace.</returns>
    public static async Task<IReadOnlyList<string>> CausesAsync(DbConnection connection, long workspace) =>
        (await connection.QueryAsync<string>(Causes, new { Workspace = workspace })).AsList();

    private static Task<KeptRow> SaveAsync(DbConnection connection, TroubleReport report, DateTimeOffset now) =>
        connection.QuerySingleAsync<KeptRow>(
            Keep,
            new
            {
                report.Workspace,
                Channel = report.Channel?.Value,
                report.Cause,
                report.Words,
                Now = now.Ms(),
            }
        );

    private static async Task TellAsync(
        DbConnection connection,
        long id,
        long since,
        TroubleReport report,
        DateTimeOffset now
    )
    {
        var community = await connection.ExecuteScalarAsync<long>(FindCommunity, new { report.Workspace });
        var cause = string.Create(CultureInfo.InvariantCulture, $"trouble:{report.Workspace}:{report.Cause}:{since}");
        // While nobody is known to tell, it stays untold.
        if (await PrivateMessages.TellAdminsAsync(connection, community, cause, report.Words, now) > 0)
        {
            await connection.ExecuteAsync(MarkTold, new { Id = id, Now = now.Ms() });
        }
    }

    private sealed class KeptRow
    {
        public required long Id { get; init; }
        public required long Since { get; init; }
        public long? ToldAt { get; init; }
    }

    private sealed class TroubleRow
    {
        public required long Id { get; init; }
        public required long WorkspaceId { get; init; }
        public required string Cause { get; init; }
        public required string Words { get; init; }
        public required long Since { get; init; }
        public long? ChannelId { get; init; }

        public TroubleReport ToReport() =>
            new(WorkspaceId, ChannelId is { } channel ? new ChannelId(channel) : null, Cause, Words);
    }
}
