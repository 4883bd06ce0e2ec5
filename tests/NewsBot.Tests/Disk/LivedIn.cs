using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Core.Feeds;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Disk;

/// <summary>A folder in which the built program has been a newsroom for a while.</summary>
internal static class LivedIn
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A newsroom with stories of the sample newsroom, and three replies.</summary>
    public static async Task LiveAsync(string folder)
    {
        await using (var process = new NewsroomProcess("newsbot.dll", "--data", folder, "--Web:WriteBurst=10000"))
        {
            process.Start();
            await process.ReadyAsync(Token);
            var card = await RunningNewsroom.UntilAsync(() =>
                Task.FromResult(Cards(folder) is { Count: >= 3 } cards && Quiet(folder) ? cards[0] : null)
            );
            foreach (var author in (string[])["Ada", "Bo", "ליאור"])
            {
                await SayAsync(process.Http, author, $"A word by {author}, with *weight*.", card);
            }

            await process.StopAsync();
        }

        // As long as a pool holds the file, it is in use.
        SqliteConnection.ClearAllPools();
    }

    /// <summary>The messages of the cards in the chat, the oldest first.</summary>
    public static IReadOnlyList<string> Cards(string folder)
    {
        using var database = new SqliteDatabase(Path.Combine(folder, "newsbot.db"));
        using var connection = database.Open();
        return
        [
            .. connection.Query<string>(
                "SELECT CAST(id AS TEXT) FROM web_message WHERE story_id IS NOT NULL AND post_key IS NOT NULL ORDER BY id"
            ),
        ];
    }

    private static bool Quiet(string folder)
    {
        using var database = new SqliteDatabase(Path.Combine(folder, "newsbot.db"));
        using var connection = database.Open();
        return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM post WHERE state = 'waiting'") == 0;
    }

    /// <summary>Nothing happens by itself from here on, so that two looks can be compared.</summary>
    public static Task StillAsync(string folder) =>
        RunAsync(
            folder,
            """
            UPDATE feed SET next_poll_at = 9000000000000;
            UPDATE channel SET next_digest_at = NULL;
            UPDATE picture SET next_try_at = NULL WHERE large IS NULL;
            UPDATE post SET not_before = 9000000000000 WHERE state = 'waiting'
            """
        );

    private static async Task SayAsync(HttpClient http, string author, string text, string card)
    {
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            http,
            "api/v1/channels/1/messages",
            new
            {
                author,
                text,
                replyTo = card,
            },
            Token
        );
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>As “me erase” does.</summary>
    public static async Task EraseAsync(string folder, string name)
    {
        await using var app = NewsBotHost.Build(["--data", folder]);
        var database = app.Services.GetRequiredService<Database>();
        var row = await database.ReadAsync(
            connection =>
                connection.QuerySingleAsync<(long Id, long FirstSeenAt)>(
                    "SELECT id, first_seen_at FROM member WHERE name = @name",
                    new { name }
                ),
            Token
        );
        await database.WriteAsync(
            async connection =>
            {
                await new Erasures(database).AppendAsync(row.Id, row.FirstSeenAt, Token);
                await AdminStore.EraseAsync(connection, row.Id, TimeProvider.System.GetUtcNow());
            },
            Token
        );
        SqliteConnection.ClearAllPools();
    }

    /// <summary>Gives a source a login.</summary>
    public static async Task KeepLoginAsync(string folder, string secret)
    {
        await using var app = NewsBotHost.Build(["--data", folder]);
        var login = app
            .Services.GetRequiredService<FeedLogins>()
            .Protect(new FeedLogin("https://paid.example", "Authorization", secret));
        var database = app.Services.GetRequiredService<Database>();
        await database.WriteAsync(
            connection => FeedLogins.SaveAsync(connection, 1, login, TimeProvider.System.GetUtcNow()),
            Token
        );
        SqliteConnection.ClearAllPools();
    }

    /// <summary>That login, decrypted; null where the key is gone.</summary>
    public static async Task<string?> LoginAsync(string folder)
    {
        await using var app = NewsBotHost.Build(["--data", folder]);
        var row = await app
            .Services.GetRequiredService<Database>()
            .ReadAsync(
                connection =>
                    connection.QuerySingleAsync<(string Origin, string Secret)>(
                        "SELECT origin, secret FROM feed_credential"
                    ),
                Token
            );
        return app.Services.GetRequiredService<FeedLogins>().Read(row.Origin, row.Secret)?.Value;
    }

    /// <summary>Changes something.</summary>
    public static async Task RunAsync(string folder, string sql)
    {
        await using var connection = NewsBot.Cli.DatabaseFile.Connection(
            Path.Combine(folder, "newsbot.db"),
            SqliteOpenMode.ReadWrite
        );
        await connection.ExecuteAsync(sql);
    }

    /// <summary>Asks for a number.</summary>
    public static async Task<long> NumberAsync(string folder, string sql)
    {
        await using var connection = NewsBot.Cli.DatabaseFile.Connection(
            Path.Combine(folder, "newsbot.db"),
            SqliteOpenMode.ReadWrite
        );
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}
