using System.Data.Common;
using Dapper;
using NewsBot.Core.Communities;
using NewsBot.Core.Stories;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>Whose replies, and to what, do not become comments. Who writes all the same is told once, privately.</summary>
internal static class ChatRefusals
{
    private const string Facts = """
        SELECT s.locked_at AS LockedAt, s.taken_down_at AS TakenDownAt, m.opted_out_at AS OptedOutAt,
               m.muted_until AS MutedUntil, i.banned_at AS BannedAt
        FROM story s, member m LEFT JOIN identity i ON i.member_id = m.id AND i.workspace_id = @Workspace
        WHERE s.id = @Story AND m.id = @Member
        """;

    // Whoever is banned no more is not back for that: the platform is to be asked before they may read or write on the web.
    private const string Ban = """
        UPDATE identity
        SET banned_at = CASE WHEN @IsBanned = 1 THEN COALESCE(banned_at, @Now) END, standing_at = NULL
        WHERE external_id = @User
          AND workspace_id = (SELECT id FROM workspace WHERE platform = @Platform AND external_id = @Workspace)
        """;

    /// <summary>Remembers that an account is banned from a workspace, or no longer is. What it wrote before stays.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="platform">Which platform the ids are of, such as "discord".</param>
    /// <param name="workspace">The platform's id of it.</param>
    /// <param name="account">The platform's id of who it is.</param>
    /// <param name="isBanned">Whether they are from now on.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static Task KeepBanAsync(
        DbConnection connection,
        string platform,
        string workspace,
        string account,
        bool isBanned,
        DateTimeOffset now
    ) =>
        connection.ExecuteAsync(
            Ban,
            new
            {
                Platform = platform,
                Workspace = workspace,
                User = account,
                IsBanned = isBanned ? 1 : 0,
                Now = now.Ms(),
            }
        );

    /// <summary>Whether a message is left as it is to us.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="reply">The message.</param>
    /// <param name="isKnown">Whether it is a comment already.</param>
    /// <param name="changedAt">When its author changed it last; null for never.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task<bool> IsLeftAsync(
        DbConnection connection,
        WrittenReply reply,
        bool isKnown,
        DateTimeOffset? changedAt,
        DateTimeOffset now
    ) =>
        (!isKnown && await IsRefusedAsync(connection, reply, now))
        || (changedAt is { } at && await IsSilencedAsync(connection, reply with { WrittenAt = at }, now));

    /// <summary>Whether what somebody wrote does not become a comment.</summary>
    public static async Task<bool> IsRefusedAsync(DbConnection connection, WrittenReply reply, DateTimeOffset now)
    {
        var facts = await FactsAsync(connection, reply);
        if (facts.OptedOutAt is not null || await IsSilencedAsync(connection, reply, facts, now))
        {
            return true;
        }

        var writtenAt = reply.WrittenAt.Ms();
        // What was written before the discussion was closed still counts, also where it is read later.
        var closedAt = facts.TakenDownAt ?? facts.LockedAt;
        if (closedAt is null || closedAt > writtenAt)
        {
            return false;
        }

        await ChatNotices.ClosedAsync(connection, reply.Author.Id, reply.Story, facts.TakenDownAt is not null, now);
        return true;
    }

    /// <summary>
    /// Whether its author was banned, timed out or muted when they changed a comment of theirs: a harmless one is not made
    /// into what they may not write. What they take back is taken back all the same.
    /// </summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="reply">The comment as it is now, written when it was changed.</param>
    /// <param name="now">The instant of the transaction.</param>
    private static async Task<bool> IsSilencedAsync(DbConnection connection, WrittenReply reply, DateTimeOffset now) =>
        await IsSilencedAsync(connection, reply, await FactsAsync(connection, reply), now);

    private static async Task<bool> IsSilencedAsync(
        DbConnection connection,
        WrittenReply reply,
        FactsRow facts,
        DateTimeOffset now
    )
    {
        var writtenAt = reply.WrittenAt.Ms();
        if (facts.BannedAt <= writtenAt || reply.SilencedUntil > reply.WrittenAt)
        {
            return true;
        }

        if (facts.MutedUntil is not { } until || until <= writtenAt)
        {
            return false;
        }

        await ChatNotices.MutedAsync(connection, reply.Author.Id, reply.Platform, Instants.At(until), now);
        return true;
    }

    private static Task<FactsRow> FactsAsync(DbConnection connection, WrittenReply reply) =>
        connection.QueryFirstAsync<FactsRow>(
            Facts,
            new
            {
                Story = reply.Story.Value,
                Member = reply.Author.Id.Value,
                Workspace = reply.Workspace.Id,
            }
        );

    private sealed class FactsRow
    {
        public long? LockedAt { get; init; }
        public long? TakenDownAt { get; init; }
        public long? OptedOutAt { get; init; }
        public long? MutedUntil { get; init; }
        public long? BannedAt { get; init; }
    }
}

/// <summary>A reply that may become a comment.</summary>
/// <param name="Platform">What the platform is called, such as "Discord".</param>
/// <param name="Workspace">Where it was written.</param>
/// <param name="Story">What it answers.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="SilencedUntil">Until when the platform itself has silenced the author; null for not.</param>
internal sealed record WrittenReply(
    string Platform,
    ChatWorkspace Workspace,
    StoryId Story,
    Member Author,
    DateTimeOffset WrittenAt,
    DateTimeOffset? SilencedUntil = null
);
