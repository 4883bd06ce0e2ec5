using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Storage;

namespace NewsBot.Testing.Newsrooms;

/// <content>Looks behind the pages, into the database.</content>
public sealed partial class RunningNewsroom
{
    // By another connection while the newsroom is not in this process.
    private readonly Database _looks;

    /// <summary>The newsroom's database, wherever the newsroom is.</summary>
    internal Database Database => _app?.Services.GetRequiredService<Database>() ?? _looks;

    /// <summary>Asks for a number.</summary>
    public Task<long> NumberAsync(string sql, object? parameters = null) =>
        Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql, parameters), CancellationToken.None);

    /// <summary>Asks for a text; null for none.</summary>
    public Task<string?> WordAsync(string sql, object? parameters = null) =>
        Database.ReadAsync(
            connection => connection.ExecuteScalarAsync<string?>(sql, parameters),
            CancellationToken.None
        );

    /// <summary>Asks for texts.</summary>
    public async Task<IReadOnlyList<string>> WordsAsync(string sql, object? parameters = null) =>
        [
            .. await Database.ReadAsync(
                connection => connection.QueryAsync<string>(sql, parameters),
                CancellationToken.None
            ),
        ];

    /// <summary>Changes something.</summary>
    public Task RunAsync(string sql, object? parameters = null) =>
        Database.WriteAsync(connection => (Task)connection.ExecuteAsync(sql, parameters), CancellationToken.None);

    /// <summary>Waits until a question has an answer.</summary>
    /// <exception cref="TimeoutException">It had another one for half a minute.</exception>
    public async Task UntilAsync(string sql, long expected)
    {
        long found = -1;
        try
        {
            await UntilAsync(async () =>
            {
                found = await NumberAsync(sql);
                return found == expected ? "yes" : null;
            });
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"{sql} is {found}, not {expected}.", error);
        }
    }

    /// <summary>Waits until so many comments were taken.</summary>
    public Task UntilCommentsAsync(long count) => UntilAsync("SELECT COUNT(*) FROM comment", count);

    /// <summary>What the API says of a story's comments, in thread order.</summary>
    public async Task<IReadOnlyList<JsonElement>> CommentsAsync(long story) =>
        [.. (await GetAsync($"/api/v1/stories/{story}/comments?limit=200")).GetProperty("comments").EnumerateArray()];

    /// <summary>What is written down of a channel, for the message of a failure.</summary>
    public async Task<string> DescribeAsync(long channel, DateTimeOffset now)
    {
        const string Lines = """
            SELECT 'channel parked=' || COALESCE(parked_reason, '') || ' seen=' || COALESCE(seen_message, '')
                || ' read before ' || COALESCE(@Now - caught_up_at, 'never') || ' ms'
            FROM channel WHERE id = @Channel
            UNION ALL
            SELECT 'post ' || subject || ' ' || operation || ' ' || state || ' attempts=' || attempts || ' message='
                || COALESCE(message_id, '') || ' due in ' || (not_before - @Now) || ' ms ' || COALESCE(error, '')
            FROM post WHERE channel_id = @Channel
            UNION ALL
            SELECT 'thread ' || external_id || ' ' || state || ' read before ' || COALESCE(@Now - caught_up_at, 'never') || ' ms'
            FROM thread WHERE channel_id = @Channel
            UNION ALL
            SELECT 'comment ' || message_id || ' story=' || story_id || ' ' || state FROM comment WHERE channel_id = @Channel
            """;
        return string.Join(
            "\n  ",
            await WordsAsync(Lines, new { Channel = channel, Now = now.ToUnixTimeMilliseconds() })
        );
    }
}
