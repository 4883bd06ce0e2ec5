using System.Data.Common;
using Dapper;
using NewsBot.Chat;
using NewsBot.Core.Communities;

namespace NewsBot.Storage;

/// <summary>What platforms said of accounts, inside a transaction.</summary>
internal static class StandingStore
{
    // No banned account belongs to a workspace, so one that was told to belong is banned no more; but a ban may have come
    // while the platform was asked.
    private const string KeepPresent = """
        UPDATE identity
        SET standing_at = @Now, left_at = NULL, silenced_until = @SilencedUntil, standing_role = @Role,
            avatar_id = COALESCE(@Avatar, avatar_id), banned_at = CASE WHEN banned_at >= @Now THEN banned_at END
        WHERE workspace_id = @Workspace AND external_id = @Account
        """;

    private const string KeepAbsent = """
        UPDATE identity SET standing_at = @Now, left_at = COALESCE(left_at, @Now), standing_role = 'member'
        WHERE workspace_id = @Workspace AND external_id = @Account
        """;

    /// <summary>Keeps an answer for an account that is a member here; that nothing was said changes nothing.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="workspace">The row of the workspace.</param>
    /// <param name="account">The platform's id of who it is.</param>
    /// <param name="standing">What the platform said.</param>
    /// <param name="now">When it was asked.</param>
    public static async Task KeepAsync(
        DbConnection connection,
        long workspace,
        string account,
        Standing standing,
        DateTimeOffset now
    )
    {
        switch (standing)
        {
            case Standing.Present present:
                await connection.ExecuteAsync(
                    KeepPresent,
                    new
                    {
                        Workspace = workspace,
                        Account = account,
                        Now = now.Ms(),
                        SilencedUntil = present.SilencedUntil?.Ms(),
                        Role = present.Role.ToString().ToLowerInvariant(),
                        Avatar = present.Picture is { } url
                            ? await ChatAvatars.KeepAsync(connection, url, now)
                            : (long?)null,
                    }
                );
                break;
            case Standing.Absent:
                await connection.ExecuteAsync(
                    KeepAbsent,
                    new
                    {
                        Workspace = workspace,
                        Account = account,
                        Now = now.Ms(),
                    }
                );
                break;
            default:
                break;
        }
    }
}
