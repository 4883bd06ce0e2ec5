using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Core.Communities;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>People of Discord as members of ours. Name and join date follow what Discord says.</summary>
internal static class DiscordMembers
{
    private const string FallbackName = "someone";

    private const string Find = """
        SELECT m.id, m.community_id AS CommunityId, COALESCE(m.pseudonym, m.name) AS Name, m.role,
               m.muted_until AS MutedUntil
        FROM identity i JOIN member m ON m.id = i.member_id
        WHERE i.workspace_id = @Workspace AND i.external_id = @User AND m.erased_at IS NULL
        """;

    private const string Add = """
        INSERT INTO member (community_id, name, role, first_seen_at, joined_at)
        VALUES (@Community, @Name, 'member', @Now, @JoinedAt) RETURNING id
        """;

    private const string AddIdentity = """
        INSERT INTO identity (member_id, workspace_id, external_id) VALUES (@Member, @Workspace, @User)
        """;

    private const string Keep = """
        UPDATE member SET name = @Name, joined_at = MIN(COALESCE(joined_at, @JoinedAt), COALESCE(@JoinedAt, joined_at))
        WHERE id = @Member
          AND (name <> @Name OR joined_at IS NOT MIN(COALESCE(joined_at, @JoinedAt), COALESCE(@JoinedAt, joined_at)))
        """;

    /// <summary>The name people see: nickname, else display name, else user name; cleaned of what cannot be seen.</summary>
    public static string Name(User user, GuildMember? member)
    {
        string?[] names = [member?.Nick, user.GlobalName, user.Username];
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
    /// <param name="user">Who.</param>
    /// <param name="member">What the guild says of them; null where it was not told.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task<Member> KeepAsync(
        SqliteConnection connection,
        ChatWorkspace workspace,
        User user,
        GuildMember? member,
        DateTimeOffset now
    )
    {
        var key = new { Workspace = workspace.Id, User = user.Id.ToString() };
        var known = await connection.QueryFirstOrDefaultAsync<MemberRow>(Find, key);
        if (known is null)
        {
            var id = await connection.ExecuteScalarAsync<long>(
                Add,
                new
                {
                    workspace.Community,
                    Name = Name(user, member),
                    Now = now.Ms(),
                    JoinedAt = member?.JoinedAt?.Ms(),
                }
            );
            await connection.ExecuteAsync(
                AddIdentity,
                new
                {
                    Member = id,
                    key.Workspace,
                    key.User,
                }
            );
        }
        else if (member is not null)
        {
            await connection.ExecuteAsync(
                Keep,
                new
                {
                    Member = known.Id,
                    Name = Name(user, member),
                    JoinedAt = member.JoinedAt?.Ms(),
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
