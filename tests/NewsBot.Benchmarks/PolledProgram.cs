using Dapper;
using Microsoft.Data.Sqlite;

namespace NewsBot.Benchmarks;

/// <summary>The whole program with feeds that are due when they are told to be.</summary>
internal sealed class PolledProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(2);

    // In no run are they due by themselves.
    private const long Never = 32_503_680_000_000;

    private readonly MeasuredProcess _process;
    private readonly SqliteConnection _database;

    private PolledProgram(MeasuredProcess process, SqliteConnection database)
    {
        _process = process;
        _database = database;
    }

    public double ResidentMegabytes => _process.ResidentMegabytes;

    public double PeakMegabytes => _process.PeakMegabytes;

    /// <param name="program">The built program.</param>
    /// <param name="port">Where feeds of this machine may be fetched from.</param>
    public static async Task<PolledProgram> StartAsync(string program, int port)
    {
        var process = await MeasuredProcess.StartAsync(
            (address, folder) =>
                [
                    program,
                    "--data",
                    folder,
                    $"--Web:Url={address.AbsoluteUri}",
                    "--Starter:Enabled=false",
                    $"--Fetching:AllowedPrivateNetworks:0=127.0.0.0/8:{port}",
                ]
        );
        var database = new SqliteConnection(
            $"Data Source={Directory.EnumerateFiles(process.Folder, "*.db").Single()};Default Timeout=30"
        );
        await database.OpenAsync();
        return new PolledProgram(process, database);
    }

    public void ForgetPeak() => _process.ForgetPeak();

    public async Task AddFeedsAsync(IReadOnlyList<Uri> addresses)
    {
        await using var transaction = await _database.BeginTransactionAsync();
        foreach (var address in addresses)
        {
            await _database.ExecuteAsync(
                """
                INSERT INTO feed (url, interval_ms, next_poll_at) VALUES (@Url, 3600000, @Never);
                INSERT INTO source (community_id, feed_id, name, created_at)
                VALUES ((SELECT MIN(id) FROM community), last_insert_rowid(), @Url, 0)
                """,
                new { Url = address.AbsoluteUri, Never },
                transaction
            );
        }

        await transaction.CommitAsync();
    }

    public Task RemoveFeedsAsync() => _database.ExecuteAsync("DELETE FROM source; DELETE FROM feed");

    public Task<int> CountEntriesAsync() => _database.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM entry");

    /// <summary>Makes all feeds due and waits until every one was polled.</summary>
    public async Task<PollRound> PollAsync()
    {
        var feeds = await _database.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM feed");
        await _database.ExecuteAsync("UPDATE feed SET next_poll_at = 0, last_polled_at = NULL");
        await UntilAsync("SELECT NOT EXISTS (SELECT 1 FROM feed WHERE next_poll_at > 0)", expected: 0);
        var (begin, before) = (TimeProvider.System.GetTimestamp(), _process.ProcessorTime);
        await UntilAsync("SELECT EXISTS (SELECT 1 FROM feed WHERE last_polled_at IS NULL)", expected: 0);
        var round = new PollRound(feeds, TimeProvider.System.GetElapsedTime(begin), _process.ProcessorTime - before);
        await _database.ExecuteAsync("UPDATE feed SET next_poll_at = @Never", new { Never });
        return round;
    }

    /// <summary>Says what went wrong, if anything did.</summary>
    /// <exception cref="InvalidOperationException">A feed could not be polled.</exception>
    public async Task ComplainAsync()
    {
        if (await _database.ExecuteScalarAsync<string?>("SELECT MAX(last_error) FROM feed") is { } error)
        {
            throw new InvalidOperationException($"A feed could not be polled: {error}");
        }
    }

    public void Dispose()
    {
        _database.Dispose();
        _process.Dispose();
    }

    private async Task UntilAsync(string question, int expected)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (await _database.ExecuteScalarAsync<int>(question) != expected)
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
            {
                throw new InvalidOperationException("The feeds were not polled within five minutes.");
            }

            await Task.Delay(LookEvery, TimeProvider.System);
        }
    }
}
