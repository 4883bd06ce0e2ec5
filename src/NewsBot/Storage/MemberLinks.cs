using System.Data.Common;
using Dapper;
using NewsBot.Core.Communities;

namespace NewsBot.Storage;

/// <summary>
/// Makes two members of a community one, and parts them again, inside a transaction. The row that was there first stays; the
/// other one is kept empty, so that its number and its identity are known when they part.
/// </summary>
internal static partial class MemberLinks
{
    private const string LoadAny = """
        SELECT id, name, pseudonym, role, joined_at AS JoinedAt, first_seen_at AS FirstSeenAt, muted_until AS MutedUntil,
               opted_out_at AS OptedOutAt, own_joined_at AS OwnJoinedAt, own_role AS OwnRole
        FROM member WHERE id = @Id AND erased_at IS NULL
        """;

    private const string Load = $"{LoadAny} AND community_id = @Community";

    private const string SharedWorkspace = """
        SELECT w.name FROM identity one JOIN identity other ON other.workspace_id = one.workspace_id
        JOIN workspace w ON w.id = one.workspace_id
        WHERE one.member_id = @One AND other.member_id = @Other LIMIT 1
        """;

    private const string KeepOwn = """
        UPDATE identity SET own_member_id = COALESCE(own_member_id, member_id) WHERE member_id IN (@Stays, @Goes);
        UPDATE member SET own_joined_at = joined_at, own_role = role WHERE id IN (@Stays, @Goes) AND own_role IS NULL;
        """;

    private const string Move = """
        UPDATE identity SET member_id = @Stays WHERE member_id = @Goes;
        UPDATE comment SET member_id = @Stays WHERE member_id = @Goes;
        UPDATE web_message SET member_id = @Stays WHERE member_id = @Goes;
        UPDATE api_token SET member_id = @Stays WHERE member_id = @Goes;
        INSERT INTO follow (member_id, story_id, created_at)
        SELECT @Stays, story_id, created_at FROM follow WHERE member_id = @Goes
        ON CONFLICT (member_id, story_id) DO NOTHING;
        DELETE FROM follow WHERE member_id = @Goes;
        DELETE FROM private_message WHERE member_id = @Goes AND cause IN (
            SELECT cause FROM private_message WHERE member_id = @Stays);
        UPDATE private_message SET member_id = @Stays WHERE member_id = @Goes;
        DELETE FROM link_code WHERE member_id IN (@Stays, @Goes);
        UPDATE member SET joined_into = @Stays WHERE joined_into = @Goes;
        UPDATE member SET joined_into = @Stays, joined_at = own_joined_at, role = 'member' WHERE id = @Goes;
        """;

    private const string Save = """
        UPDATE member
        SET joined_at = @JoinedAt, role = @Role, muted_until = @MutedUntil, opted_out_at = @OptedOutAt, pseudonym = @Pseudonym
        WHERE id = @Id
        """;

    private const string Identities = """
        SELECT i.id, COALESCE(i.own_member_id, i.member_id) AS Own, i.workspace_id AS Workspace, w.platform,
               w.name AS WorkspaceName, COALESCE(o.name, '') AS Name
        FROM identity i JOIN workspace w ON w.id = i.workspace_id
        LEFT JOIN member o ON o.id = COALESCE(i.own_member_id, i.member_id)
        WHERE i.member_id = @Id ORDER BY i.id
        """;

    // What was written in the built-in chat goes with its name there; what somebody follows is followed by both.
    private const string MoveBack = """
        UPDATE identity SET own_member_id = @To
        WHERE id IN @Moved AND (own_member_id IS NULL OR own_member_id = @From);
        UPDATE identity SET member_id = @To WHERE id IN @Moved;
        UPDATE comment SET member_id = @To
        WHERE member_id = @From AND (identity_id IN @Moved OR (identity_id IS NULL
          AND channel_id IN (SELECT id FROM channel WHERE workspace_id IN @Workspaces)));
        UPDATE web_message SET member_id = @To
        WHERE member_id = @From AND channel_id IN (SELECT id FROM channel WHERE workspace_id IN @Workspaces);
        INSERT INTO follow (member_id, story_id, created_at)
        SELECT @To, story_id, created_at FROM follow WHERE member_id = @From
        ON CONFLICT (member_id, story_id) DO NOTHING;
        UPDATE member SET joined_into = NULL WHERE id = @To;
        UPDATE member SET joined_into = @To WHERE joined_into = @From AND id IN (
            SELECT own_member_id FROM identity WHERE id IN @Moved);
        DELETE FROM link_code WHERE member_id IN (@From, @To);
        """;

    private const string Across = """
        SELECT i.id AS Identity, i.member_id AS Member, m.community_id AS Community
        FROM identity i JOIN workspace w ON w.id = i.workspace_id JOIN member m ON m.id = i.member_id
        WHERE w.community_id = @Side AND EXISTS (
            SELECT 1 FROM identity o JOIN workspace ow ON ow.id = o.workspace_id
            WHERE o.member_id = i.member_id AND ow.community_id <> @Side)
        ORDER BY i.id
        """;

    // Whoever has one identity only is nobody joined any more.
    private const string Settle = """
        UPDATE member SET own_joined_at = NULL, own_role = NULL
        WHERE id IN (@From, @To) AND (SELECT COUNT(*) FROM identity i WHERE i.member_id = member.id) < 2;
        UPDATE identity SET own_member_id = NULL
        WHERE member_id IN (@From, @To) AND own_member_id = member_id
          AND NOT EXISTS (SELECT 1 FROM identity o WHERE o.member_id = identity.member_id AND o.id <> identity.id);
        """;

    private const string OwnFacts = """
        SELECT MIN(own_joined_at) FROM member WHERE (id = @Id OR joined_into = @Id) AND own_role IS NOT NULL
        """;

    /// <summary>Joins two members into one.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="community">Where both have to be.</param>
    /// <param name="one">One of them.</param>
    /// <param name="other">The other.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task<LinkOutcome> JoinAsync(
        DbConnection connection,
        long community,
        long one,
        long other,
        DateTimeOffset now
    )
    {
        if (one == other)
        {
            return new LinkOutcome.Refused("These names are joined already. `/news me` lists them.");
        }

        if (await LoadAsync(connection, community, one) is not { } first)
        {
            return LinkOutcome.NoCode;
        }

        if (await LoadAsync(connection, community, other) is not { } second)
        {
            return LinkOutcome.NoCode;
        }

        if (
            await connection.ExecuteScalarAsync<string?>(SharedWorkspace, new { One = one, Other = other }) is
            { } workspace
        )
        {
            return new LinkOutcome.Refused(
                $"Both names have an account in {Core.Text.MarkdownEscape.Line(workspace, 80)}, and one person is there once. Part one of them first: `/news me unlink`."
            );
        }

        var (stays, goes) = IsOlder(first, second) ? (first, second) : (second, first);
        var key = new { Stays = stays.Id, Goes = goes.Id };
        await connection.ExecuteAsync(KeepOwn, key);
        await connection.ExecuteAsync(Move, key);
        var both = PersonJoin.Join(stays.Facts, goes.Facts);
        await SaveAsync(connection, stays.Id, both);
        var isRenamed = both.Pseudonym != stays.Facts.Pseudonym || both.Pseudonym != goes.Facts.Pseudonym;
        await ShowAsync(connection, stays.Id, both, isRenamed ? CopyChange.Pseudonym : CopyChange.Name, now);
        return new LinkOutcome.Joined(new MemberId(stays.Id), new MemberId(goes.Id), stays.Facts, goes.Facts, both);
    }

    /// <summary>Parts one identity from the others of its member.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="community">Where the member is.</param>
    /// <param name="member">Whose it is.</param>
    /// <param name="identity">Which; the others stay together.</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>False where there is nothing to part.</returns>
    public static async Task<bool> PartAsync(
        DbConnection connection,
        long community,
        long member,
        long identity,
        DateTimeOffset now
    )
    {
        var all = await IdentitiesAsync(connection, member);
        if (
            all.Count < 2
            || all.FirstOrDefault(one => one.Id == identity) is not { } parted
            || await LoadAsync(connection, community, member) is not { } from
        )
        {
            return false;
        }

        // The row keeps the identity it began with: where that one leaves, it is the others that go.
        List<IdentityRow> moved = parted.Own == member ? [.. all.Where(one => one.Id != identity)] : [parted];
        var to = await RowForAsync(connection, moved, member, now);
        await connection.ExecuteAsync(
            MoveBack,
            new
            {
                From = member,
                To = to.Id,
                Moved = Among.Of(moved.Select(one => one.Id)),
                Workspaces = Among.Of(moved.Select(one => one.Workspace)),
            }
        );
        var both = from.Facts;
        var (staying, leaving) = PersonJoin.Part(
            both,
            from.Own with
            {
                JoinedAt = await OwnSinceAsync(connection, member),
            },
            to.Own with
            {
                JoinedAt = await OwnSinceAsync(connection, to.Id),
            }
        );
        await SaveAsync(connection, member, staying);
        await SaveAsync(connection, to.Id, leaving);
        await connection.ExecuteAsync(Settle, new { From = member, To = to.Id });
        // A pseudonym of both stays with both.
        await ShowAsync(connection, member, staying, CopyChange.Name, now);
        await ShowAsync(connection, to.Id, leaving, CopyChange.Name, now);
        return true;
    }

    /// <summary>
    /// Parts whoever has names on both sides, before workspaces that were of one community go on as two: nobody is a member
    /// of both.
    /// </summary>
    /// <param name="connection">The connection of a transaction in which the workspaces were moved already.</param>
    /// <param name="side">One of the two communities.</param>
    /// <param name="now">The instant of the transaction.</param>
    public static async Task PartSidesAsync(DbConnection connection, long side, DateTimeOffset now)
    {
        foreach (var row in (await connection.QueryAsync<AcrossRow>(Across, new { Side = side })).AsList())
        {
            await PartAsync(connection, row.Community, row.Member, row.Identity, now);
        }
    }

    /// <summary>The identities of a member, the oldest first.</summary>
    public static async Task<IReadOnlyList<IdentityRow>> IdentitiesAsync(DbConnection connection, long member) =>
        (await connection.QueryAsync<IdentityRow>(Identities, new { Id = member })).AsList();

    // What is not published any more leaves the pages, and the name shown now stands in what quotes them.
    private static Task ShowAsync(
        DbConnection connection,
        long member,
        PersonFacts facts,
        CopyChange change,
        DateTimeOffset now
    ) =>
        facts.OptedOutAt is null
            ? AdminStore.RequoteAsync(connection, member, change, now)
            : AdminStore.WithdrawAsync(connection, member, now);

    private static async Task<LinkedRow> RowForAsync(
        DbConnection connection,
        List<IdentityRow> moved,
        long from,
        DateTimeOffset now
    )
    {
        LinkedRow? oldest = null;
        foreach (var own in moved.Select(one => one.Own).Where(own => own != from).Distinct())
        {
            var row = await connection.QueryFirstOrDefaultAsync<LinkedRow>(LoadAny, new { Id = own });
            oldest = row is not null && (oldest is null || IsOlder(row, oldest)) ? row : oldest;
        }

        return oldest ?? await AddAsync(connection, from, now);
    }

    // Its own row is gone, or there never was one.
    private static async Task<LinkedRow> AddAsync(DbConnection connection, long from, DateTimeOffset now)
    {
        var id = await connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO member (community_id, name, first_seen_at, own_role)
            SELECT community_id, name, @Now, 'member' FROM member WHERE id = @From RETURNING id
            """,
            new { From = from, Now = now.Ms() }
        );
        return new LinkedRow
        {
            Id = id,
            Role = "member",
            FirstSeenAt = now.Ms(),
            OwnRole = "member",
        };
    }

    private static async Task<DateTimeOffset?> OwnSinceAsync(DbConnection connection, long member) =>
        Instants.At(await connection.ExecuteScalarAsync<long?>(OwnFacts, new { Id = member }));

    private static bool IsOlder(LinkedRow one, LinkedRow other) =>
        (one.FirstSeenAt, one.Id).CompareTo((other.FirstSeenAt, other.Id)) < 0;

    private static Task<LinkedRow?> LoadAsync(DbConnection connection, long community, long id) =>
        connection.QueryFirstOrDefaultAsync<LinkedRow>(Load, new { Id = id, Community = community });

    private static Task SaveAsync(DbConnection connection, long member, PersonFacts facts) =>
        connection.ExecuteAsync(
            Save,
            new
            {
                Id = member,
                JoinedAt = facts.JoinedAt?.Ms(),
                Role = facts.Role.ToString().ToLowerInvariant(),
                MutedUntil = facts.MutedUntil?.Ms(),
                OptedOutAt = facts.OptedOutAt?.Ms(),
                facts.Pseudonym,
            }
        );
}
