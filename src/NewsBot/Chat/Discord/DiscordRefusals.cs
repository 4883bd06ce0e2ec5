using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Communities;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>Whose replies, and to what, do not become comments. Who writes all the same is told once, privately.</summary>
internal static class DiscordRefusals
{
    private const string Facts = """
        SELECT s.locked_at AS LockedAt, s.taken_down_at AS TakenDownAt, m.opted_out_at AS OptedOutAt,
               m.muted_until AS MutedUntil, i.banned_at AS BannedAt
        FROM story s, member m LEFT JOIN identity i ON i.member_id = m.id AND i.workspace_id = @Workspace
        WHERE s.id = @Story AND m.id = @Member
        """;

    private const string Ban = """
        UPDATE identity SET banned_at = CASE WHEN @IsBanned = 1 THEN COALESCE(banned_at, @Now) END
        WHERE external_id = @User
          AND workspace_id = (SELECT id FROM workspace WHERE platform = 'discord' AND external_id = @Guild)
        """;

    /// <summary>Remembers that an account is banned from a guild, or no longer is. What it wrote before stays.</summary>
    public static Task KeepBanAsync(
        SqliteConnection connection,
        Clients.Discord.Snowflake guild,
        Clients.Discord.Snowflake user,
        bool isBanned,
        DateTimeOffset now
    ) =>
        connection.ExecuteAsync(
            Ban,
            new
            {
                Guild = guild.ToString(),
                User = user.ToString(),
                IsBanned = isBanned ? 1 : 0,
                Now = now.Ms(),
            }
        );

    public static async Task<bool> IsRefusedAsync(
        SqliteConnection connection,
        DiscordReplies.Received received,
        Member author
    )
    {
        var (message, place, target, _, now) = received;
        var facts = await connection.QueryFirstAsync<FactsRow>(
            Facts,
            new
            {
                Story = target.Story.Value,
                Member = author.Id.Value,
                Workspace = place.Workspace.Id,
            }
        );
        var writtenAt = message.Id.CreatedAt;
        if (
            facts.OptedOutAt is not null
            || facts.BannedAt <= writtenAt.Ms()
            || message.Member?.CommunicationDisabledUntil > writtenAt
        )
        {
            return true;
        }

        if (facts.MutedUntil is { } until && until > writtenAt.Ms())
        {
            await DiscordNotices.MutedAsync(connection, author.Id, Instants.At(until), now);
            return true;
        }

        // What was written before the discussion was closed still counts, also where it is read later.
        var closedAt = facts.TakenDownAt ?? facts.LockedAt;
        if (closedAt is null || closedAt > writtenAt.Ms())
        {
            return false;
        }

        await DiscordNotices.ClosedAsync(connection, author.Id, target.Story, facts.TakenDownAt is not null, now);
        return true;
    }

    private sealed class FactsRow
    {
        public long? LockedAt { get; init; }
        public long? TakenDownAt { get; init; }
        public long? OptedOutAt { get; init; }
        public long? MutedUntil { get; init; }
        public long? BannedAt { get; init; }
    }
}
