using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsBot.Testing.Checking;

/// <summary>What a newsroom has written down, read with plain SQL from its database or a copy of it.</summary>
internal sealed class Ledger
{
    private Ledger() { }

    public required IReadOnlyList<StoryRow> Stories { get; init; }

    public required IReadOnlyList<ChannelRow> Channels { get; init; }

    public required IReadOnlyList<CommentRow> Comments { get; init; }

    public required IReadOnlyList<PostRow> Posts { get; init; }

    public required IReadOnlyList<WebRow> Web { get; init; }

    public required IReadOnlyList<DigestRow> Digests { get; init; }

    /// <summary>Events of Slack that were stored and not yet taken into account.</summary>
    public required long WaitingEvents { get; init; }

    /// <summary>Opens a database file.</summary>
    public static DbConnection Open(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                DefaultTimeout = 30,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    /// <param name="open">Opens the database. Nothing is changed in it.</param>
    public static Ledger Read(Func<DbConnection> open)
    {
        using var connection = open();
        using var snapshot = connection is SqliteConnection file
            ? file.BeginTransaction(deferred: true)
            : connection.BeginTransaction(IsolationLevel.RepeatableRead);
        return new Ledger
        {
            Stories = All<StoryRow>(
                connection,
                "SELECT id, headline, next_number AS NextNumber FROM story ORDER BY id"
            ),
            Channels = All<ChannelRow>(
                connection,
                """
                SELECT c.id, w.platform, c.external_id AS ExternalId, c.mirror, c.workspace_id AS Workspace
                FROM channel c JOIN workspace w ON w.id = c.workspace_id ORDER BY c.id
                """
            ),
            Comments = All<CommentRow>(
                connection,
                """
                SELECT id, story_id AS Story, number, parent, body, state, channel_id AS Channel, message_id AS Message,
                       author_name AS Author
                FROM comment ORDER BY story_id, number
                """
            ),
            Posts = All<PostRow>(
                connection,
                """
                SELECT id, channel_id AS Channel, subject, part, operation, state, priority, attempts, message_id AS Message,
                       error, not_before AS Due
                FROM post ORDER BY id
                """
            ),
            Web = All<WebRow>(
                connection,
                """
                SELECT id, channel_id AS Channel, member_id AS Member, post_key AS PostKey, body, story_id AS Story
                FROM web_message WHERE deleted_at IS NULL ORDER BY id
                """
            ),
            Digests = All<DigestRow>(
                connection,
                """
                SELECT d.channel_id AS Channel, d.id AS Digest, s.story_id AS Story, s.is_card AS IsCard
                FROM digest d JOIN digest_story s ON s.digest_id = d.id
                """
            ),
            WaitingEvents = connection.ExecuteScalar<long>("SELECT COUNT(*) FROM slack_event WHERE body IS NOT NULL"),
        };
    }

    private static List<T> All<T>(DbConnection connection, string sql) => connection.Query<T>(sql).AsList();
}

/// <summary>A story.</summary>
internal sealed record StoryRow(long Id, string Headline, long NextNumber);

/// <summary>A channel.</summary>
internal sealed record ChannelRow(long Id, string Platform, string ExternalId, string Mirror, long Workspace)
{
    public Side Side =>
        Platform switch
        {
            "discord" => Side.Discord,
            "slack" => Side.Slack,
            _ => Side.Web,
        };
}

/// <summary>A comment.</summary>
internal sealed record CommentRow(
    long Id,
    long Story,
    long Number,
    long Parent,
    string Body,
    string State,
    long Channel,
    string Message,
    string? Author
);

/// <summary>A post of the outbox.</summary>
internal sealed record PostRow(
    long Id,
    long Channel,
    string Subject,
    long Part,
    string Operation,
    string State,
    long Priority,
    long Attempts,
    string? Message,
    string? Error,
    long Due
)
{
    public override string ToString() =>
        $"{Operation} of {Subject}/{Part} in channel {Channel} ({State}, {Attempts} tries) {Error}";
}

/// <summary>A message of the built-in chat that was not deleted.</summary>
internal sealed record WebRow(long Id, long Channel, long? Member, string? PostKey, string Body, long? Story);

/// <summary>A story of a digest.</summary>
internal sealed record DigestRow(long Channel, long Digest, long Story, long IsCard);
