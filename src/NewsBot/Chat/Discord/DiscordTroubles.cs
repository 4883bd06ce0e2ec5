using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Clients.Discord;
using NewsBot.Core.Channels;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Writes down what a check found; every method needs the connection of a transaction.</summary>
internal static class DiscordTroubles
{
    private const string Workspaces = """
        SELECT id FROM workspace WHERE platform = 'discord' AND removed_at IS NULL
        """;

    private const string KeepOwner = """
        UPDATE workspace SET owner_id = @Owner WHERE id = @Workspace AND owner_id IS NOT @Owner
        """;

    private const string Tracked = """
        SELECT id, external_id AS ExternalId, name, mirror, ping_role AS PingRole, parked_reason AS ParkedReason
        FROM channel WHERE workspace_id = @Workspace ORDER BY id
        """;

    private const string Park = "UPDATE channel SET parked_reason = @Reason WHERE id = @Id AND parked_reason IS NULL";

    private const string Unpark = "UPDATE channel SET parked_reason = NULL WHERE id = @Id";

    // What the check itself tells of; anything else is struck out by whoever reported it.
    private static readonly string[] OwnCauses = [DiscordProblems.Token, DiscordProblems.MessageContent, "timed-out"];

    /// <summary>Tells all admins that the token is not accepted.</summary>
    public static async Task TokenRefusedAsync(SqliteConnection connection, DateTimeOffset now)
    {
        foreach (var workspace in await connection.QueryAsync<long>(Workspaces))
        {
            await Troubles.ReportAsync(
                connection,
                new TroubleReport(workspace, null, DiscordProblems.Token, DiscordProblems.TokenWords),
                now
            );
        }
    }

    /// <summary>Notes who owns a guild.</summary>
    public static Task KeepOwnerAsync(SqliteConnection connection, long workspace, Snowflake owner) =>
        connection.ExecuteAsync(KeepOwner, new { Workspace = workspace, Owner = owner.ToString() });

    /// <returns>The channels an admin has used.</returns>
    public static async Task<IReadOnlyList<DiscordTracked>> TrackedAsync(SqliteConnection connection, long workspace) =>
        [
            .. (await connection.QueryAsync<TrackedRow>(Tracked, new { Workspace = workspace }))
                .Where(row => Snowflake.TryParse(row.ExternalId, out _))
                .Select(row => row.ToTracked()),
        ];

    /// <summary>Notes the problems of a guild, strikes out what is mended, parks and frees channels.</summary>
    /// <returns>True where nothing is wrong any more.</returns>
    public static async Task<bool> SaveAsync(
        SqliteConnection connection,
        long workspace,
        IReadOnlyList<DiscordTracked> tracked,
        IReadOnlyList<DiscordProblem> problems,
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
            if (!present.Contains(cause) && IsOver(cause, tracked, problems))
            {
                await Troubles.MendAsync(connection, workspace, cause);
            }
        }

        await Troubles.TellRestAsync(connection, workspace, now);
        return (await Troubles.CausesAsync(connection, workspace)).Count == 0;
    }

    private static async Task ParkOrFreeAsync(
        SqliteConnection connection,
        DiscordTracked channel,
        IReadOnlyList<DiscordProblem> problems
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
        IReadOnlyList<DiscordTracked> tracked,
        IReadOnlyList<DiscordProblem> problems
    )
    {
        if (cause.StartsWith("parked:", StringComparison.Ordinal))
        {
            var channel = tracked.FirstOrDefault(one => Troubles.ParkedCause(one.Id) == cause);
            return channel is null or { ParkedReason: null } || problems.Any(problem => problem.Channel == channel.Id);
        }

        return OwnCauses.Contains(cause, StringComparer.Ordinal)
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

        public DiscordTracked ToTracked() =>
            new(new ChannelId(Id), Snowflake.Parse(ExternalId), Name, Mirror, PingRole, ParkedReason);
    }
}
