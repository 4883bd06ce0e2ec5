using System.Data.Common;
using Dapper;

namespace NewsBot.Storage;

internal static partial class CommunityPart
{
    private const string MoveMembers = """
        UPDATE member SET community_id = @Guest
        WHERE community_id = @Host
          AND EXISTS (
            SELECT 1 FROM identity i JOIN workspace w ON w.id = i.workspace_id
            WHERE i.member_id = member.id AND w.community_id = @Guest)
          AND NOT EXISTS (
            SELECT 1 FROM identity i JOIN workspace w ON w.id = i.workspace_id
            WHERE i.member_id = member.id AND w.community_id <> @Guest);
        UPDATE member SET community_id = @Guest
        WHERE community_id = @Host AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.member_id = member.id)
          AND EXISTS (
            SELECT 1 FROM comment c JOIN channel ch ON ch.id = c.channel_id
            WHERE c.member_id = member.id AND ch.community_id = @Guest)
          AND NOT EXISTS (
            SELECT 1 FROM comment c JOIN channel ch ON ch.id = c.channel_id
            WHERE c.member_id = member.id AND ch.community_id <> @Guest);
        """;

    // Somebody who is known on both sides becomes two members again.
    private const string OnBothSides = """
        SELECT m.id FROM member m
        WHERE m.community_id = @Host AND EXISTS (
            SELECT 1 FROM identity i JOIN workspace w ON w.id = i.workspace_id
            WHERE i.member_id = m.id AND w.community_id = @Guest)
        ORDER BY m.id
        """;

    // A mute, an opt-out and an erasure go on for both of them; a role was given for the whole and is not taken along.
    private const string SplitMember = """
        INSERT INTO member (community_id, name, role, pseudonym, opted_out_at, muted_until, erased_at, joined_at, first_seen_at)
        SELECT @Guest, name, 'member', pseudonym, opted_out_at, muted_until, erased_at, joined_at, first_seen_at
        FROM member WHERE id = @Id RETURNING id
        """;

    private const string MoveToTwin = """
        UPDATE identity SET member_id = @Twin
        WHERE member_id = @Id AND workspace_id IN (SELECT id FROM workspace WHERE community_id = @Guest);
        UPDATE comment SET member_id = @Twin
        WHERE member_id = @Id AND channel_id IN (SELECT id FROM channel WHERE community_id = @Guest);
        UPDATE web_message SET member_id = @Twin
        WHERE member_id = @Id AND channel_id IN (SELECT id FROM channel WHERE community_id = @Guest);
        INSERT INTO follow (member_id, story_id, created_at)
        SELECT @Twin, story_id, created_at FROM follow WHERE member_id = @Id;
        """;

    // Who wrote in a channel of one side and is only known on the other leaves no name there.
    private const string ForeignAuthors = """
        SELECT DISTINCT c.member_id FROM comment c
        JOIN channel ch ON ch.id = c.channel_id JOIN member m ON m.id = c.member_id
        WHERE ch.community_id = @Side AND m.community_id = @Other
        """;

    private const string GiveToShell = """
        UPDATE comment SET member_id = @Shell
        WHERE member_id = @Id AND channel_id IN (SELECT id FROM channel WHERE community_id = @Side)
        """;

    private const string FindShell = """
        SELECT id FROM member
        WHERE community_id = @Side AND name = 'erased' AND erased_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.member_id = member.id) ORDER BY id LIMIT 1
        """;

    private const string AddShell = """
        INSERT INTO member (community_id, name, role, erased_at, first_seen_at)
        VALUES (@Side, 'erased', 'member', @Now, @Now) RETURNING id
        """;

    private static async Task PartMembersAsync(DbConnection connection, Sides sides)
    {
        // Names that somebody joined are theirs apart again: each goes with its own side.
        await MemberLinks.PartSidesAsync(connection, sides.Guest, Instants.At(sides.Now));
        await connection.ExecuteAsync(MoveMembers, sides);
        foreach (var id in (await connection.QueryAsync<long>(OnBothSides, sides)).AsList())
        {
            var twin = await connection.ExecuteScalarAsync<long>(SplitMember, new { Id = id, sides.Guest });
            await connection.ExecuteAsync(
                MoveToTwin,
                new
                {
                    Id = id,
                    Twin = twin,
                    sides.Guest,
                }
            );
        }

        await LeaveShellsAsync(connection, sides, sides.Host, sides.Guest);
        await LeaveShellsAsync(connection, sides, sides.Guest, sides.Host);
    }

    private static async Task LeaveShellsAsync(DbConnection connection, Sides sides, long side, long other)
    {
        var authors = await connection.QueryAsync<long>(ForeignAuthors, new { Side = side, Other = other });
        foreach (var id in authors.AsList())
        {
            await connection.ExecuteAsync(
                GiveToShell,
                new
                {
                    Id = id,
                    Side = side,
                    Shell = await ShellAsync(connection, sides, side),
                }
            );
        }
    }

    // Whom the numbers of the other side's comments belong to.
    private static async Task<long> ShellAsync(DbConnection connection, Sides sides, long side) =>
        await connection.ExecuteScalarAsync<long?>(FindShell, new { Side = side })
        ?? await connection.ExecuteScalarAsync<long>(AddShell, new { Side = side, sides.Now });
}
