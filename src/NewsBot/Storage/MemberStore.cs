using System.Data.Common;
using Dapper;
using NewsBot.Core.Communities;

namespace NewsBot.Storage;

/// <summary>Members of the built-in chat and how they are recognised.</summary>
internal sealed class MemberStore(Database database, TimeProvider time)
{
    private const string Columns = """
        m.id, m.community_id AS CommunityId, COALESCE(m.pseudonym, m.name) AS Name, m.role,
        m.muted_until AS MutedUntil, m.opted_out_at AS OptedOutAt
        """;

    private const string WebWorkspace = """
        SELECT id, community_id AS CommunityId FROM workspace WHERE platform = 'web' ORDER BY id LIMIT 1
        """;

    private const string ByName = $"""
        SELECT {Columns}, i.secret_hash AS SecretHash, i.id AS IdentityId FROM identity i
        JOIN member m ON m.id = i.member_id JOIN workspace w ON w.id = i.workspace_id
        WHERE w.platform = 'web' AND i.external_id = @Key
        """;

    private const string BySecret = $"""
        SELECT {Columns} FROM identity i
        JOIN member m ON m.id = i.member_id JOIN workspace w ON w.id = i.workspace_id
        WHERE w.platform = 'web' AND i.secret_hash = @SecretHash AND m.erased_at IS NULL
        """;

    private const string ByToken = $"""
        SELECT {Columns} FROM api_token t JOIN member m ON m.id = t.member_id
        WHERE t.hash = @Hash AND t.revoked_at IS NULL AND m.erased_at IS NULL
        """;

    private const string AddMember = """
        INSERT INTO member (community_id, name, role, first_seen_at, joined_at)
        VALUES (@Community, @Name, @Role, @Now, @JoinedAt) RETURNING id
        """;

    private const string AddIdentity = """
        INSERT INTO identity (member_id, workspace_id, external_id, secret_hash)
        VALUES (@Member, @Workspace, @Key, @SecretHash)
        """;

    private const string Names = """
        SELECT m.name FROM member m JOIN workspace w ON w.community_id = m.community_id
        WHERE w.platform = 'web' AND m.erased_at IS NULL
        UNION SELECT m.pseudonym FROM member m JOIN workspace w ON w.community_id = m.community_id
        WHERE w.platform = 'web' AND m.erased_at IS NULL AND m.pseudonym IS NOT NULL
        """;

    private const string AnyBrowserMember = "SELECT COUNT(*) FROM identity WHERE secret_hash IS NOT NULL";

    private const string AnyAdmin = "SELECT COUNT(*) FROM member WHERE role = 'admin' AND erased_at IS NULL";

    /// <returns>The member whose browser holds this secret; null for none.</returns>
    public async Task<Member?> FindBySecretAsync(string secretHash, CancellationToken cancellationToken) =>
        await FindAsync(BySecret, new { SecretHash = secretHash }, cancellationToken);

    /// <returns>The member an API token of the database belongs to; null for none.</returns>
    public async Task<Member?> FindByTokenAsync(string hash, CancellationToken cancellationToken) =>
        await FindAsync(ByToken, new { Hash = hash }, cancellationToken);

    /// <summary>Whether anybody is admin yet.</summary>
    public async Task<bool> HasAdminAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(AnyAdmin), cancellationToken) > 0;

    /// <summary>Gives a name to the browser that holds a secret. The name belongs to whoever took it first.</summary>
    /// <param name="name">A valid name.</param>
    /// <param name="secretHash">Hash of the browser's secret.</param>
    /// <param name="firstIsAdmin">Whether the first browser of all becomes admin.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The new member; null where the name is taken.</returns>
    public async Task<Member?> ClaimAsync(
        MemberName name,
        string secretHash,
        bool firstIsAdmin,
        CancellationToken cancellationToken
    ) =>
        await database.WriteAsync(
            async connection =>
            {
                if (
                    await connection.QueryFirstOrDefaultAsync<MemberRow>(ByName, new { name.Key }) is not null
                    || await IsImitationAsync(connection, name)
                )
                {
                    return null;
                }

                var isFirst = await connection.ExecuteScalarAsync<long>(AnyBrowserMember) == 0;
                return await AddAsync(connection, name, secretHash, firstIsAdmin && isFirst ? Role.Admin : Role.Member);
            },
            cancellationToken
        );

    /// <summary>The member of a name, made where there is none: for callers that are trusted to say who writes.</summary>
    public async Task<Member> FindOrAddAsync(MemberName name, CancellationToken cancellationToken) =>
        await FindAsync(ByName, new { name.Key }, cancellationToken)
        ?? await database.WriteAsync(
            async connection =>
                (await connection.QueryFirstOrDefaultAsync<MemberRow>(ByName, new { name.Key }))?.ToMember()
                ?? await AddAsync(connection, name, null, Role.Member),
            cancellationToken
        );

    // The same name may be somebody's who writes elsewhere too; another one that only looks the same is nobody's own.
    private static async Task<bool> IsImitationAsync(DbConnection connection, MemberName name)
    {
        var look = name.Look;
        return (await connection.QueryAsync<string>(Names)).Any(other =>
            MemberName.TryParse(other, out var parsed, out _) && parsed!.Key != name.Key && parsed.Look == look
        );
    }

    private async Task<Member?> FindAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(
            connection => connection.QueryFirstOrDefaultAsync<MemberRow>(sql, parameters),
            cancellationToken
        );
        return row?.ToMember();
    }

    private async Task<Member> AddAsync(DbConnection connection, MemberName name, string? secretHash, Role role)
    {
        var workspace = await connection.QuerySingleAsync<WorkspaceRow>(WebWorkspace);
        var now = time.GetUtcNow().Ms();
        var id = await connection.ExecuteScalarAsync<long>(
            AddMember,
            new
            {
                Community = workspace.CommunityId,
                Name = name.Value,
                Role = role.ToString().ToLowerInvariant(),
                Now = now,
                // Taking a name in the built-in chat is joining it.
                JoinedAt = now,
            }
        );
        await connection.ExecuteAsync(
            AddIdentity,
            new
            {
                Member = id,
                Workspace = workspace.Id,
                name.Key,
                SecretHash = secretHash,
            }
        );
        return new Member(new MemberId(id), new CommunityId(workspace.CommunityId), name.Value, role, null);
    }

    private sealed class WorkspaceRow
    {
        public required long Id { get; init; }
        public required long CommunityId { get; init; }
    }

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
                Enum.Parse<Role>(Role, ignoreCase: true),
                Instants.At(MutedUntil)
            );
    }
}
