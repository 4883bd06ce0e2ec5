using System.Data.Common;
using Dapper;
using NewsBot.Core.Channels;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Slack;

/// <summary>Who used something in Slack, what they may do now, and where they stand.</summary>
/// <param name="Room">The workspace.</param>
/// <param name="Member">Who, with the role that counts now.</param>
/// <param name="Channel">Our channel there; null where no admin has used it yet, and in views.</param>
internal sealed record SlackAsker(SlackRoom Room, Member Member, ChannelId? Channel)
{
    private const string RoleOf = """
        SELECT m.id, m.role FROM identity i JOIN member m ON m.id = i.member_id
        WHERE i.workspace_id = @Id AND i.external_id = @User AND m.erased_at IS NULL
        """;

    private const string ChannelOf = "SELECT id FROM channel WHERE workspace_id = @Id AND external_id = @Channel";

    /// <summary>Keeps who asks as a member.</summary>
    public static async Task<SlackAsker> KeepAsync(
        DbConnection connection,
        SlackRoom room,
        SlackAsk ask,
        SlackAccount? person,
        DateTimeOffset now
    )
    {
        var member = await ChatMembers.KeepAsync(
            connection,
            room.Workspace,
            ask.User,
            new ChatProfile(ChatMembers.Name(person?.Name), IsTold: person?.Name is not null),
            now
        );
        return new SlackAsker(
            room,
            member with
            {
                Role = Greater(member.Role, person?.Role ?? Role.Member),
            },
            await FindChannelAsync(connection, room, ask)
        );
    }

    /// <summary>As <see cref="KeepAsync"/>, for reading only: keeps nobody.</summary>
    public static async Task<SlackAsker> FindAsync(
        DbConnection connection,
        SlackRoom room,
        SlackAsk ask,
        SlackAccount? person
    )
    {
        var known = await connection.QueryFirstOrDefaultAsync<MemberRow>(RoleOf, new { room.Workspace.Id, ask.User });
        var role = known is null ? Role.Member : Enum.Parse<Role>(known.Role, ignoreCase: true);
        return new SlackAsker(
            room,
            new Member(
                known is null ? default : new MemberId(known.Id),
                new CommunityId(room.Workspace.Community),
                ChatMembers.Name(person?.Name),
                Greater(role, person?.Role ?? Role.Member),
                null
            ),
            await FindChannelAsync(connection, room, ask)
        );
    }

    private static async Task<ChannelId?> FindChannelAsync(DbConnection connection, SlackRoom room, SlackAsk ask) =>
        ask.Channel is { } channel
        && await connection.ExecuteScalarAsync<long?>(ChannelOf, new { room.Workspace.Id, Channel = channel }) is { } id
            ? new ChannelId(id)
            : null;

    private static Role Greater(Role left, Role right) => left > right ? left : right;

    private sealed class MemberRow
    {
        public required long Id { get; init; }
        public required string Role { get; init; }
    }
}
