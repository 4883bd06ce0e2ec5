using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Tests.Slack.Publishing;

/// <summary>Databases of before, where what was written in a window had a table of its own.</summary>
public sealed class SlackAnswerCarryOverTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-carry-").FullName;

    [Fact]
    public async Task What_was_written_in_windows_becomes_comments_with_copies_in_their_own_threads()
    {
        using var database = new SqliteDatabase(Path.Combine(_folder, "newsbot.db"));
        await GivenOldAsync(database);

        await new Migrator(database).MigrateAsync(TestContext.Current.CancellationToken);

        await using var connection = database.Open();
        Assert.Equal(
            ["1 1700.1", "2 answer:1700.2", "3 answer:1700.3", "4 answer:V4", "5 answer:1700.5", "6 answer:V6"],
            await connection.QueryAsync<string>("SELECT number || ' ' || message_id FROM comment ORDER BY number")
        );
        Assert.Equal(
            [
                "2 create sent 1700.2",
                "3 create sent 1700.3",
                "3 edit waiting ",
                "4 create waiting ",
                "5 create sent 1700.5",
                "5 delete waiting ",
            ],
            await connection.QueryAsync<string>(
                """
                SELECT c.number || ' ' || operation || ' ' || p.state || ' ' || COALESCE(p.message_id, '')
                FROM post p JOIN comment c ON p.subject = 'comment:' || c.id ORDER BY c.number, operation
                """
            )
        );
        Assert.Equal(
            new PostBody.Copy(new Core.Stories.StoryId(1), 2),
            PostBodies.Read(
                await connection.QueryFirstAsync<string>("SELECT body FROM post WHERE subject = 'comment:2'")
            )
        );
        Assert.Equal(
            "answer:1700.2",
            await connection.QuerySingleAsync<string>("SELECT message_id FROM comment_event")
        );
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task GivenOldAsync(Database database)
    {
        await using var connection = database.Open();
        await connection.ExecuteAsync(
            "CREATE TABLE SchemaVersions (SchemaVersionID INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT NOT NULL, ScriptName TEXT NOT NULL, Applied DATETIME NOT NULL)"
        );
        var assembly = typeof(Migrator).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(name => name.Contains(".Migrations.000", StringComparison.Ordinal))
                .Where(name => name[name.IndexOf(".000", StringComparison.Ordinal) + 4] <= '4')
                .Order(StringComparer.Ordinal)
        )
        {
            await connection.ExecuteAsync(await ReadAsync(assembly, name));
            await connection.ExecuteAsync(
                "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES (@name, '2026-01-01')",
                new { name }
            );
        }

        await connection.ExecuteAsync(
            """
            PRAGMA foreign_keys = OFF;
            INSERT INTO community (id, name, created_at) VALUES (1, 'Test', 0);
            INSERT INTO workspace (id, community_id, platform, external_id, name) VALUES (1, 1, 'slack', 'T1', 'S');
            INSERT INTO channel (id, community_id, workspace_id, external_id, name, created_at) VALUES (1, 1, 1, 'C1', 'news', 0);
            INSERT INTO member (id, community_id, name, first_seen_at) VALUES (1, 1, 'Ada', 0);
            INSERT INTO story (id, community_id, headline, slug, url, lead_entry_id, published_at, created_at, updated_at)
            VALUES (1, 1, 'Bridge', 'bridge', 'https://a.example', 1, 0, 0, 0);
            INSERT INTO comment (id, story_id, number, member_id, body, state, visibility, channel_id, message_id, written_at, accepted_at)
            VALUES (1, 1, 1, 1, 'typed', 'visible', 'off', 1, '1700.1', 0, 0),
                   (2, 1, 2, 1, 'shown', 'visible', 'off', 1, '1700.2', 0, 0),
                   (3, 1, 3, 1, 'changed', 'visible', 'off', 1, '1700.3', 0, 0),
                   (4, 1, 4, 1, 'waiting', 'visible', 'off', 1, 'answer:V4', 0, 0),
                   (5, 1, 5, 1, '', 'deleted', 'off', 1, '1700.5', 0, 0),
                   (6, 1, 6, 1, '', 'deleted', 'off', 1, 'answer:V6', 0, 0);
            INSERT INTO comment_event (channel_id, message_id, kind, stamp, at) VALUES (1, '1700.2', 'create', 0, 0);
            INSERT INTO slack_answer (comment_id, thread, task, next_try_at)
            VALUES (2, '1699.0', 'none', 0), (3, '1699.0', 'edit', 5), (4, '1699.0', 'post', 5), (5, '1699.0', 'delete', 5),
                   (6, '1699.0', 'delete', 5);
            """
        );
    }

    private static async Task<string> ReadAsync(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
