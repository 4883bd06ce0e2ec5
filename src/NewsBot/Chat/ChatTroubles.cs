using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>Writes down what a check found; every method needs the connection of a transaction.</summary>
internal static class ChatTroubles
{
    private const string Workspaces = """
        SELECT id FROM workspace WHERE platform = @Platform AND removed_at IS NULL
        """;

    private const string KeepOwner = """
        UPDATE workspace SET owner_id = @Owner WHERE id = @Workspace AND owner_id IS DISTINCT FROM @Owner
        """;

    private const string Tracked = """
        SELECT id, external_id AS ExternalId, name, mirror, ping_role AS PingRole, parked_reason AS ParkedReason
        FROM channel WHERE workspace_id = @Workspace ORDER BY id
        """;

    private const string Park = "UPDATE channel SET parked_reason = @Reason WHERE id = @Id AND parked_reason IS NULL";

    private const string Unpark = "UPDATE channel SET parked_reason = NULL WHERE id = @Id";

    /// <summary>Tells the admins of every workspace of a platform of what concerns them all, such as a token that is not accepted.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="platform">As the database names it.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task TellAllAsync(
        DbConnection connection,
        string platform,
        ChatProblem problem,
        DateTimeOffset now
    )
    {
        foreach (var workspace in await connection.QueryAsync<long>(Workspaces, new { Platform = platform }))
        {
            await Troubles.ReportAsync(
                connection,
                new TroubleReport(workspace, null, problem.Cause, problem.Words),
                now
            );
        }
    }

    /// <summary>Notes who owns a workspace, by the platform's id of the account.</summary>
    public static Task KeepOwnerAsync(DbConnection connection, long workspace, string owner) =>
        connection.ExecuteAsync(KeepOwner, new { Workspace = workspace, Owner = owner });

    /// <returns>The channels an admin has used.</returns>
    public static async Task<IReadOnlyList<ChatTracked>> TrackedAsync(DbConnection connection, long workspace) =>
        [
            .. (await connection.QueryAsync<TrackedRow>(Tracked, new { Workspace = workspace })).Select(row =>
                row.ToTracked()
            ),
        ];

    /// <summary>Notes the problems of a workspace, strikes out what is mended, parks and frees channels.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="workspace">Which.</param>
    /// <param name="tracked">Its channels that are used.</param>
    /// <param name="problems">All that a check found.</param>
    /// <param name="ownCauses">What that check tells of beside channels; anything else is struck out by whoever reported it.</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>True where nothing is wrong any more.</returns>
    public static async Task<bool> SaveAsync(
        DbConnection connection,
        long workspace,
        IReadOnlyList<ChatTracked> tracked,
        IReadOnlyList<ChatProblem> problems,
        IReadOnlyCollection<string> ownCauses,
        DateTimeOffset now
    )
    {
        foreach (var problem in problems)
        {
            await Troubles.ReportAsync(
                connection,
                new TroubleReport(workspace, problem.Channel, problem.Cause, problem.Words),
                now
            );
        }

        foreach (var channel in tracked)
        {
            await ParkOrFreeAsync(connection, channel, problems);
        }

        var present = problems.Select(problem => problem.Cause).ToHashSet(StringComparer.Ordinal);
        foreach (var cause in await Troubles.CausesAsync(connection, workspace))
        {
            if (!present.Contains(cause) && IsOver(cause, tracked, problems, ownCauses))
            {
                await Troubles.MendAsync(connection, workspace, cause);
            }
        }

        await Troubles.TellRestAsync(connection, workspace, now);
        return (await Troubles.CausesAsync(connection, workspace)).Count == 0;
    }

    private static async Task ParkOrFreeAsync(
        DbConnection connection,
        ChatTracked channel,
        IReadOnlyList<ChatProblem> problems
    )
    {
        var stop = problems.FirstOrDefault(problem => problem.StopsPosts && problem.Channel == channel.Id);
        if (stop is not null && channel.ParkedReason is null)
        {
            await connection.ExecuteAsync(
                Park,
                new { Id = channel.Id.Value, Reason = MarkdownPlain.Render(stop.Words) }
            );
        }
        else if (stop is null && channel.ParkedReason is not null)
        {
            await connection.ExecuteAsync(Unpark, new { Id = channel.Id.Value });
        }
    }

    // A channel that was refused and looks well is tried again, but its trouble is over only when that went well:
    // else the admins would be told anew after each try.
    private static bool IsOver(
        string cause,
        IReadOnlyList<ChatTracked> tracked,
        IReadOnlyList<ChatProblem> problems,
        IReadOnlyCollection<string> ownCauses
    )
    {
        if (cause.StartsWith("parked:", StringComparison.Ordinal))
        {
            var channel = tracked.FirstOrDefault(one => Troubles.ParkedCause(one.Id) == cause);
            return channel is null or { ParkedReason: null } || problems.Any(problem => problem.Channel == channel.Id);
        }

        return ownCauses.Contains(cause, StringComparer.Ordinal)
            || cause.StartsWith("channel:", StringComparison.Ordinal);
    }

    private sealed class TrackedRow
    {
        public required long Id { get; init; }
        public required string ExternalId { get; init; }
        public required string Name { get; init; }
        public required string Mirror { get; init; }
        public string? PingRole { get; init; }
        public string? ParkedReason { get; init; }

        public ChatTracked ToTracked() => new(new ChannelId(Id), ExternalId, Name, Mirror, PingRole, ParkedReason);
    }
}
