using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Stories;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Names and pictures of accounts: Slack's messages carry neither. Kept for a while in memory; whom Slack could not be
/// asked about at once is asked about later, and what they wrote is not held up by it.
/// </summary>
internal sealed class SlackPeople(Database database, SlackInstalls installs, LiveUpdates live, TimeProvider time)
{
    // About 2 MB; a workspace that has more people writing within hours asks some of them twice.
    private const int MaxKept = 5_000;

    // A change is told by an event; this is for one that was missed.
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(6);

    // Slack answers in a fraction of it, unless it makes everybody wait.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Copies wait for a name a little longer than it takes to ask twice more, see NamelessCopies.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(45);

    // Slack lets about a hundred be asked a minute.
    private const int Batch = 20;

    private const string AskLater = """
        UPDATE identity SET ask_at = @Now WHERE workspace_id = @Workspace AND external_id = @Account AND ask_at IS NULL
        """;

    private const string Due = """
        SELECT i.id, i.external_id AS Account, w.id AS Workspace, w.community_id AS Community, w.external_id AS Team
        FROM identity i JOIN workspace w ON w.id = i.workspace_id
        WHERE i.ask_at <= @Now AND w.platform = 'slack' AND w.removed_at IS NULL ORDER BY i.ask_at, i.id LIMIT @Batch
        """;

    private const string IsMember = """
        SELECT COUNT(*) FROM identity WHERE workspace_id = @Workspace AND external_id = @Account
        """;

    // The name of a comment is that of its time, and these had none yet.
    private const string NameComments = """
        UPDATE comment SET author_name = @Name, avatar_id = COALESCE(avatar_id, @Avatar)
        WHERE member_id = @Member AND author_name IS NULL AND state <> 'deleted'
          AND channel_id IN (SELECT id FROM channel WHERE workspace_id = @Workspace)
        RETURNING id, story_id AS Story
        """;

    private const string HasPseudonym = "SELECT COUNT(*) FROM member WHERE id = @Member AND pseudonym IS NOT NULL";

    private readonly ConcurrentDictionary<(string Team, string User), Kept> _kept = new();

    /// <summary>Says that somebody is to be asked about, because they could not be now.</summary>
    public static Task AskLaterAsync(DbConnection connection, long workspace, string account, DateTimeOffset now) =>
        connection.ExecuteAsync(
            AskLater,
            new
            {
                Workspace = workspace,
                Account = account,
                Now = now.Ms(),
            }
        );

    /// <summary>Who an account is. Asks Slack only where it may be asked right now.</summary>
    /// <returns>Null where it is not known now.</returns>
    public async Task<SlackPerson?> FindAsync(string team, string user, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue((team, user), out var kept) && kept.Until > time.GetUtcNow())
        {
            return kept.Person;
        }

        // Replies behind this one do not wait for a name.
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return
                await installs.ForTeamAsync(team, either.Token) is { } api
                && api.WaitFor(WebMethods.UserInfo) == TimeSpan.Zero
                ? Keep(team, await api.GetUserAsync(user, either.Token))
                : null;
        }
        catch (SlackException error)
        {
            await installs.NoticeAsync(team, error, cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Takes that an account has changed; its member here, if there is one, gets the new name.</summary>
    public async Task ChangeAsync(string team, User user, CancellationToken cancellationToken)
    {
        var person = Keep(team, user);
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                if (await ChatPlaces.Slack.FindAsync(connection, team) is { } workspace)
                {
                    var key = new { Workspace = workspace.Id, Account = user.Id };
                    if (await connection.ExecuteScalarAsync<long>(IsMember, key) > 0)
                    {
                        await ChatMembers.KeepAsync(connection, workspace, user.Id, new ChatProfile(person.Name), now);
                        await StandingStore.KeepAsync(
                            connection,
                            workspace.Id,
                            user.Id,
                            SlackStandings.Read(user, team),
                            now
                        );
                    }
                }
            },
            cancellationToken
        );
    }

    /// <summary>Asks about those who could not be asked about when they wrote.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = await database.ReadAsync(
            connection => connection.QueryAsync<DueRow>(Due, new { Now = time.GetUtcNow().Ms(), Batch }),
            cancellationToken
        );
        foreach (var row in due)
        {
            var answer = await AskAsync(row, cancellationToken);
            var stories = await database.WriteAsync(
                connection => SaveAsync(connection, row, answer, time.GetUtcNow()),
                cancellationToken
            );
            foreach (var story in stories)
            {
                live.Publish(new LiveUpdate(null, new StoryId(story)));
            }
        }
    }

    /// <summary>Gives comments the name and the picture that were not known when they were taken, wherever they are shown.</summary>
    /// <param name="connection">The connection of a transaction.</param>
    /// <param name="workspace">Where they were written.</param>
    /// <param name="account">Slack's id of who wrote them.</param>
    /// <param name="person">Who that is.</param>
    /// <param name="now">The instant of the transaction.</param>
    /// <returns>The stories that they are on.</returns>
    public static async Task<IReadOnlyList<long>> NameAsync(
        DbConnection connection,
        ChatWorkspace workspace,
        string account,
        SlackPerson person,
        DateTimeOffset now
    )
    {
        var member = await ChatMembers.KeepAsync(connection, workspace, account, new ChatProfile(person.Name), now);
        var comments = (
            await connection.QueryAsync<NamedRow>(
                NameComments,
                new
                {
                    person.Name,
                    Avatar = await KeepAvatarAsync(connection, person, now),
                    Member = member.Id.Value,
                    Workspace = workspace.Id,
                }
            )
        ).AsList();
        // Under a pseudonym they were shown rightly all the time.
        var change =
            await connection.ExecuteScalarAsync<long>(HasPseudonym, new { Member = member.Id.Value }) > 0
                ? CopyChange.Name
                : CopyChange.Named;
        await CommentCopies.RefreshAsync(connection, comments.Select(comment => comment.Id), change, now);
        var stories = comments.Select(comment => comment.Story).Distinct().ToList();
        foreach (var story in stories)
        {
            await DigestQuotes.RefreshAsync(connection, new StoryId(story), now);
        }

        return stories;
    }

    private async Task<Answer> AskAsync(DueRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await installs.ForTeamAsync(row.Team, cancellationToken) is { } api
                ? new Answer.Found(Keep(row.Team, await api.GetUserAsync(row.Account, cancellationToken)))
                : new Answer.Later();
        }
        catch (SlackException error) when (error.Code == "user_not_found")
        {
            // Asking again would not help; what they wrote keeps the name it has.
            return new Answer.Nobody();
        }
        catch (SlackException error)
        {
            await installs.NoticeAsync(row.Team, error, cancellationToken);
            return new Answer.Later();
        }
    }

    private static async Task<IReadOnlyList<long>> SaveAsync(
        DbConnection connection,
        DueRow row,
        Answer answer,
        DateTimeOffset now
    )
    {
        await connection.ExecuteAsync(
            "UPDATE identity SET ask_at = @At WHERE id = @Id",
            new { row.Id, At = answer is Answer.Later ? (now + AskAgain).Ms() : (long?)null }
        );
        return answer is Answer.Found { Person: var person }
            ? await NameAsync(
                connection,
                new ChatWorkspace(row.Workspace, row.Community, null),
                row.Account,
                person,
                now
            )
            : [];
    }

    /// <returns>The picture's row; null where there is none.</returns>
    public static async Task<long?> KeepAvatarAsync(DbConnection connection, SlackPerson person, DateTimeOffset now) =>
        person.Avatar is { } url ? await ChatAvatars.KeepAsync(connection, url, now) : null;

    private SlackPerson Keep(string team, User user)
    {
        var person = new SlackPerson(
            ChatMembers.Name(user.ShownName, user.Name),
            Avatar(user.Profile?.Image192 ?? user.Profile?.Image72),
            user.IsBot || user.Id == "USLACKBOT",
            user.IsAdmin || user.IsOwner || user.IsPrimaryOwner
        );
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _kept[(team, user.Id)] = new Kept(person, time.GetUtcNow() + KeepFor);
        return person;
    }

    // Fetched by the same rules as pictures of articles, which refuse whatever is not public.
    public static string? Avatar(string? url) =>
        url is { Length: <= 1_000 } && Uri.TryCreate(url, UriKind.Absolute, out var found) && found.Scheme == "https"
            ? url
            : null;

    private sealed record Kept(SlackPerson Person, DateTimeOffset Until);

    private abstract record Answer
    {
        private Answer() { }

        internal sealed record Found(SlackPerson Person) : Answer;

        internal sealed record Nobody : Answer;

        internal sealed record Later : Answer;
    }

    private sealed class NamedRow
    {
        public required long Id { get; init; }
        public required long Story { get; init; }
    }

    private sealed class DueRow
    {
        public required long Id { get; init; }
        public required string Account { get; init; }
        public required long Workspace { get; init; }
        public required long Community { get; init; }
        public required string Team { get; init; }
    }
}
