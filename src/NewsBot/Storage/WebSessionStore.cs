using System.Data.Common;
using Dapper;
using NewsBot.Core.Communities;
using NewsBot.Web;
using NewsBot.Web.SignIn;

namespace NewsBot.Storage;

/// <summary>Sessions of browsers that signed in. Of a session's secret only a hash is kept.</summary>
internal sealed class WebSessionStore(Database database, TimeProvider time)
{
    /// <summary>How long a session lasts; then one signs in anew.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <summary>For so long what a platform said of an account is good for reading. It is asked every day; this lets it be out of reach for another.</summary>
    public static readonly TimeSpan StandingLife = TimeSpan.FromHours(48);

    // More browsers than a person has; the oldest are signed out.
    private const int MaxSessions = 20;

    // Every page would write it; nobody needs it more exactly.
    private static readonly TimeSpan UsedWithin = TimeSpan.FromHours(1);

    private const string Add = """
        INSERT INTO web_session (secret_hash, platform, browser, created_at, used_at, expires_at)
        VALUES (@Hash, @Platform, @Browser, @Now, @Now, @Until) RETURNING id
        """;

    private const string AddIdentity = """
        INSERT INTO session_identity (session_id, identity_id) VALUES (@Session, @Identity)
        ON CONFLICT (session_id, identity_id) DO NOTHING
        """;

    private const string EndOldest = """
        DELETE FROM web_session WHERE id IN (
            SELECT s.id FROM web_session s
            WHERE EXISTS (
                SELECT 1 FROM session_identity si WHERE si.session_id = s.id AND si.identity_id IN @Identities)
            ORDER BY s.used_at DESC, s.id DESC LIMIT -1 OFFSET @Most)
        """;

    // A ban, a departure or a closed account counts with the next page; of an account that was not heard of for long
    // nothing is believed.
    private const string Find = """
        SELECT s.id, s.platform, s.used_at AS UsedAt, i.id AS Identity, i.workspace_id AS Workspace, w.name AS WorkspaceName,
               w.external_id AS WorkspaceKey, i.external_id AS AccountKey, m.id AS Member, m.community_id AS Community,
               COALESCE(m.pseudonym, m.name) AS Name, m.role, i.standing_role AS StandingRole, m.muted_until AS MutedUntil,
               i.standing_at AS StandingAt, i.silenced_until AS SilencedUntil, i.avatar_id AS Avatar
        FROM web_session s
        JOIN session_identity si ON si.session_id = s.id
        JOIN identity i ON i.id = si.identity_id
        JOIN workspace w ON w.id = i.workspace_id
        JOIN member m ON m.id = i.member_id
        WHERE s.secret_hash = @Hash AND s.expires_at > @Now AND i.standing_at > @Since AND i.left_at IS NULL
          AND i.banned_at IS NULL AND w.removed_at IS NULL AND m.erased_at IS NULL
        ORDER BY i.id
        """;

    private const string List = """
        SELECT DISTINCT s.id, s.browser, s.platform, s.created_at AS CreatedAt, s.used_at AS UsedAt
        FROM web_session s JOIN session_identity si ON si.session_id = s.id
        WHERE si.identity_id IN @Identities AND s.expires_at > @Now ORDER BY s.used_at DESC, s.id DESC
        """;

    // Only one's own: a session that shares an account with the one that asks.
    private const string End = """
        DELETE FROM web_session WHERE id = @Session AND EXISTS (
            SELECT 1 FROM session_identity si WHERE si.session_id = web_session.id AND si.identity_id IN @Identities)
        """;

    /// <summary>Begins a session.</summary>
    /// <param name="platform">Which platform the account is of.</param>
    /// <param name="identities">The account's rows; at least one.</param>
    /// <param name="browser">In words.</param>
    /// <param name="replaces">Secret of the session that this browser had; null for none.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The secret, which is kept nowhere.</returns>
    public async Task<string> BeginAsync(
        string platform,
        IReadOnlyCollection<long> identities,
        string browser,
        string? replaces,
        CancellationToken cancellationToken
    )
    {
        var secret = Secrets.New();
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                if (replaces is not null)
                {
                    await EndAsync(connection, replaces);
                }

                var session = await connection.ExecuteScalarAsync<long>(
                    Add,
                    new
                    {
                        Hash = Secrets.Hash(secret),
                        Platform = platform,
                        Browser = browser,
                        Now = now.Ms(),
                        Until = (now + Life).Ms(),
                    }
                );
                foreach (var identity in identities)
                {
                    await connection.ExecuteAsync(AddIdentity, new { Session = session, Identity = identity });
                }

                await connection.ExecuteAsync(EndOldest, new { Identities = Among.Of(identities), Most = MaxSessions });
            },
            cancellationToken
        );
        return secret;
    }

    /// <returns>Who a session's secret belongs to; null where it is nobody's, too old, or its account may not be there any more.</returns>
    public async Task<SignedIn?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = Secrets.Hash(secret);
        var rows = (
            await database.ReadAsync(
                connection =>
                    connection.QueryAsync<SessionRow>(
                        Find,
                        new
                        {
                            Hash = hash,
                            Now = now.Ms(),
                            Since = (now - StandingLife).Ms(),
                        }
                    ),
                cancellationToken
            )
        ).AsList();
        if (rows.Count == 0)
        {
            return null;
        }

        if (Instants.At(rows[0].UsedAt) + UsedWithin < now)
        {
            try
            {
                await database.WriteAsync(
                    connection =>
                        (Task)
                            connection.ExecuteAsync(
                                "UPDATE web_session SET used_at = @Now WHERE secret_hash = @Hash",
                                new { Now = now.Ms(), Hash = hash }
                            ),
                    cancellationToken
                );
            }
            catch (StorageTroubleException)
            {
                // Reading goes on without; it is noted with the next look.
            }
        }

        return new SignedIn(rows[0].Id, rows[0].Platform, [.. rows.Select(row => row.ToAccount())]);
    }

    /// <summary>The sessions of an account, the one used last first.</summary>
    public async Task<IReadOnlyList<WebSession>> ListAsync(SignedIn who, CancellationToken cancellationToken) =>
        [
            .. (
                await database.ReadAsync(
                    connection =>
                        connection.QueryAsync<ListRow>(
                            List,
                            new { Identities = Among.Of(IdsOf(who)), Now = time.GetUtcNow().Ms() }
                        ),
                    cancellationToken
                )
            ).Select(row => new WebSession(
                row.Id,
                row.Browser,
                row.Platform,
                Instants.At(row.CreatedAt),
                Instants.At(row.UsedAt),
                row.Id == who.Session
            )),
        ];

    /// <summary>Ends one of somebody's own sessions.</summary>
    public Task EndAsync(SignedIn who, long session, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                (Task)connection.ExecuteAsync(End, new { Session = session, Identities = Among.Of(IdsOf(who)) }),
            cancellationToken
        );

    /// <summary>Ends the session of a secret.</summary>
    public Task EndAsync(string secret, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => EndAsync(connection, secret), cancellationToken);

    private static Task EndAsync(DbConnection connection, string secret) =>
        connection.ExecuteAsync(
            "DELETE FROM web_session WHERE secret_hash = @Hash",
            new { Hash = Secrets.Hash(secret) }
        );

    private static List<long> IdsOf(SignedIn who) => [.. who.Accounts.Select(account => account.Identity)];

    private sealed class SessionRow
    {
        public required long Id { get; init; }
        public required string Platform { get; init; }
        public required long UsedAt { get; init; }
        public required long Identity { get; init; }
        public required long Workspace { get; init; }
        public required string WorkspaceName { get; init; }
        public required string WorkspaceKey { get; init; }
        public required string AccountKey { get; init; }
        public required long Member { get; init; }
        public required long Community { get; init; }
        public required string Name { get; init; }
        public required string Role { get; init; }
        public string? StandingRole { get; init; }
        public long? MutedUntil { get; init; }
        public required long StandingAt { get; init; }
        public long? SilencedUntil { get; init; }
        public long? Avatar { get; init; }

        public SignedInAccount ToAccount() =>
            new(
                Identity,
                Workspace,
                WorkspaceName,
                WorkspaceKey,
                AccountKey,
                new Member(
                    new MemberId(Member),
                    new CommunityId(Community),
                    Name,
                    Greater(Parse(Role), Parse(StandingRole ?? "member")),
                    Instants.At(MutedUntil)
                ),
                Instants.At(StandingAt)
            )
            {
                SilencedUntil = Instants.At(SilencedUntil),
                Avatar = Avatar,
            };

        private static Role Parse(string role) => Enum.Parse<Role>(role, ignoreCase: true);

        private static Role Greater(Role one, Role other) => one >= other ? one : other;
    }

    private sealed class ListRow
    {
        public required long Id { get; init; }
        public required string Browser { get; init; }
        public required string Platform { get; init; }
        public required long CreatedAt { get; init; }
        public required long UsedAt { get; init; }
    }
}

/// <summary>A session in its owner's list.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Browser">In words, such as "Firefox on Linux".</param>
/// <param name="Platform">Which platform the account is of.</param>
/// <param name="BeganAt">UTC.</param>
/// <param name="UsedAt">UTC, to within an hour.</param>
/// <param name="IsThis">Whether it is the one that asks.</param>
internal sealed record WebSession(
    long Id,
    string Browser,
    string Platform,
    DateTimeOffset BeganAt,
    DateTimeOffset UsedAt,
    bool IsThis
);
