using System.Data.Common;
using Dapper;
using NewsBot.Core.Communities;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>Accounts of a platform as members of ours. Name and join date follow what the platform says.</summary>
internal static class ChatMembers
{
    private const string FallbackName = "someone";

    private const string Find = """
        SELECT m.id, m.community_id AS CommunityId, COALESCE(m.pseudonym, m.name) AS Name, m.role,
               m.muted_until AS MutedUntil, COALESCE(i.own_member_id, m.id) AS Own,
               CASE WHEN m.own_role IS NULL THEN 0 ELSE 1 END AS IsJoined
        FROM identity i JOIN member m ON m.id = i.member_id
        WHERE i.workspace_id = @Workspace AND i.external_id = @Account AND m.erased_at IS NULL
        """;

    private const string Add = """
        INSERT INTO member (community_id, name, role, first_seen_at, joined_at)
        VALUES (@Community, @Name, 'member', @Now, @JoinedAt) RETURNING id
        """;

    private const string AddIdentity = """
        INSERT INTO identity (member_id, workspace_id, external_id) VALUES (@Member, @Workspace, @Account)
        """;

    private const string Keep = """
        UPDATE member SET name = @Name, joined_at = MIN(COALESCE(joined_at, @JoinedAt), COALESCE(@JoinedAt, joined_at))
        WHERE id = @Member
          AND (name <> @Name OR joined_at IS DISTINCT FROM MIN(COALESCE(joined_at, @JoinedAt), COALESCE(@JoinedAt, joined_at)))
        """;

    // Several names of one person keep each its own, on the row the account is by itself.
    private const string KeepJoined = """
        UPDATE member SET name = @Name WHERE id = @Own AND name <> @Name;
        UPDATE member
        SET own_joined_at = MIN(COALESCE(own_joined_at, @JoinedAt), COALESCE(@JoinedAt, own_joined_at))
        WHERE id = @Own;
        UPDATE member SET joined_at = MIN(COALESCE(joined_at, @JoinedAt), COALESCE(@JoinedAt, joined_at))
        WHERE id IN (@Own, @Member) AND @JoinedAt < COALESCE(joined_at, @JoinedAt + 1);
        """;

    /// <summary>The first of these names that can be shown, cleaned of what cannot be seen.</summary>
    public static string Name(params IEnumerable<string?> names)
    {
        foreach (var name in names)
        {
            if (MemberName.TryParse(Cut(name), out var clean, out _))
            {
                return clean!.Value;
            }
        }

        return FallbackName;
    }

    /// <summary>The member an account is in a workspace, made where there is none.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="workspace">Where.</param>
    /// <param name="account">The platform's id of who it is.</param>
    /// <param name="profile">What the platform says of them.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task<Member> KeepAsync(
        DbConnection connection,
        ChatWorkspace workspace,
        string account,
        ChatProfile profile,
        DateTimeOffset now
    )
    {
        var key = new { Workspace = workspace.Id, Account = account };
        var known = await connection.QueryFirstOrDefaultAsync<MemberRow>(Find, key);
        if (known is null)
        {
            var id = await connection.ExecuteScalarAsync<long>(
                Add,
                new
                {
                    workspace.Community,
                    profile.Name,
                    Now = now.Ms(),
                    JoinedAt = profile.JoinedAt?.Ms(),
                }
            );
            await connection.ExecuteAsync(
                AddIdentity,
                new
                {
                    Member = id,
                    key.Workspace,
                    key.Account,
                }
            );
        }
        else if (profile.IsTold)
        {
            await connection.ExecuteAsync(
                known.IsJoined == 0 ? Keep : KeepJoined,
                new
                {
                    Member = known.Id,
                    known.Own,
                    profile.Name,
                    JoinedAt = profile.JoinedAt?.Ms(),
                }
            );
        }

        return (await connection.QuerySingleAsync<MemberRow>(Find, key)).ToMember();
    }

    private static string? Cut(string? name) =>
        name is { Length: > MemberName.MaxChars } ? name[..MemberName.MaxChars] : name;

    private sealed class MemberRow
    {
        public required long Id { get; init; }
        public required long CommunityId { get; init; }
        public required string Name { get; init; }
        public required string Role { get; init; }
        public long? MutedUntil { get; init; }
        public required long Own { get; init; }
        public required long IsJoined { get; init; }

        public Member ToMember() =>
            new(
                new MemberId(Id),
                new CommunityId(CommunityId),
                Name,
                Enum.Parse<Core.Communities.Role>(Role, ignoreCase: true),
                Instants.At(MutedUntil)
            );
    }
}

/// <summary>What a platform says of an account.</summary>
/// <param name="Name">The name people see, see <see cref="ChatMembers.Name"/>.</param>
/// <param name="IsTold">False where the name is only a guess, which must not replace one that was told.</param>
/// <param name="JoinedAt">Since when they are there; null where it was not told.</param>
internal sealed record ChatProfile(string Name, bool IsTold = true, DateTimeOffset? JoinedAt = null);
