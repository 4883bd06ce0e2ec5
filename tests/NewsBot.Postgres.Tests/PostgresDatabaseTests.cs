using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using Npgsql;

namespace NewsBot.Postgres.Tests;

/// <summary>What only a server of databases does: others write beside us, and it goes away.</summary>
public sealed class PostgresDatabaseTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-").FullName;
    private readonly StorageHealth _health = new(TimeProvider.System, NullLogger<StorageHealth>.Instance);
    private PostgresDatabase _database = null!;
    private PostgresDatabase _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.GetAsync();
        var address = server.Make($"t{Path.GetFileName(_folder).ToLowerInvariant()}");
        _database = new PostgresDatabase(address, _folder, TimeProvider.System, _health);
        _other = new PostgresDatabase(address, _folder, TimeProvider.System);
        await _database.WriteAsync(
            connection =>
                connection.ExecuteAsync("CREATE TABLE tally (n BIGINT NOT NULL); INSERT INTO tally VALUES (0)"),
            Token
        );
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _other.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_two_processes_read_and_then_change_counts_each_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => AddAsync(i % 2 == 0 ? _database : _other)));

        Assert.Equal(40, await TallyAsync());
    }

    [Fact]
    public async Task A_write_whose_connection_breaks_before_its_end_is_made_once_when_the_server_is_back()
    {
        var tries = 0;
        var written = _database.WriteAsync(
            async connection =>
            {
                await AddOneAsync(connection);
                if (++tries == 1)
                {
                    await EndAsync(((NpgsqlConnection)connection).ProcessID);
                }

                return await connection.ExecuteAsync("SELECT 1");
            },
            Token
        );
        while (_health.Trouble is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
        }

        Assert.Equal(StorageTroubleKind.Away, _health.Trouble.Kind);
        Assert.Equal(0, await TallyAsync());
        _health.Mended();
        await written;

        Assert.Equal(2, tries);
        Assert.Equal(1, await TallyAsync());
    }

    [Fact]
    public async Task Who_finds_no_connection_free_gets_the_answer_once_there_is_one()
    {
        var narrow = new NpgsqlConnectionStringBuilder(_other.ConnectionString) { MaxPoolSize = 1, Timeout = 1 };
        using var database = new PostgresDatabase(narrow.ToString(), _folder, TimeProvider.System, _health);
        var busy = await database.OpenAsync(Token);

        var read = database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM tally"),
            Token
        );
        await RunningNewsroom.UntilAsync(() => Task.FromResult(_health.Trouble));
        Assert.Equal(StorageTroubleKind.Crowded, _health.Trouble!.Kind);
        Assert.Contains("max_connections", _health.Trouble.Words, StringComparison.Ordinal);
        await busy.DisposeAsync();
        _health.Mended();

        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task A_write_that_was_made_although_its_end_was_not_heard_is_not_made_again()
    {
        // The trigger is carried out within the commit and takes its time, in which the connection is cut.
        await _database.WriteAsync(
            connection =>
                connection.ExecuteAsync(
                    """
                    CREATE FUNCTION slowly() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$;
                    CREATE CONSTRAINT TRIGGER slow AFTER UPDATE ON tally DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION slowly();
                    """
                ),
            Token
        );
        await using var cut = new CutConnections();
        using var database = new PostgresDatabase(
            cut.Through(_database.ConnectionString),
            _folder,
            TimeProvider.System,
            _health
        );
        var tries = 0;
        var written = database.WriteAsync(
            async connection =>
            {
                tries++;
                return await AddOneAsync(connection);
            },
            Token
        );
        while (await NumberAsync("SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
        }

        cut.Cut();
        await written;

        Assert.Equal(1, tries);
        Assert.Equal(1, await TallyAsync());
    }

    [Fact]
    public async Task Both_databases_have_the_same_tables_and_columns()
    {
        using var file = new SqliteDatabase(Path.Combine(_folder, "newsbot.db"));
        await new Migrator(file).MigrateAsync(Token);
        var sqlite = await file.ReadAsync(
            connection =>
                connection.QueryAsync<string>(
                    """
                    SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '%\_search%' ESCAPE '\'
                      AND m.name <> 'SchemaVersions'
                    """
                ),
            Token
        );
        var postgres = await _database.ReadAsync(
            connection =>
                connection.QueryAsync<string>(
                    """
                    SELECT c.table_name || '.' || c.column_name
                    FROM information_schema.columns c
                    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
                    WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                      AND t.table_name NOT IN ('schemaversions', 'tally') AND c.column_name NOT IN ('search', 'rowid')
                    """
                ),
            Token
        );

        Assert.Equal(sqlite.Order(StringComparer.Ordinal), postgres.Order(StringComparer.Ordinal));
    }

    private static Task<int> AddOneAsync(DbConnection connection) =>
        connection.ExecuteAsync("UPDATE tally SET n = n + 1");

    // Read, then written: one of two that run beside each other has to be made again.
    private static Task AddAsync(PostgresDatabase database) =>
        database.WriteAsync(
            async connection =>
            {
                var n = await connection.ExecuteScalarAsync<long>("SELECT n FROM tally");
                return await connection.ExecuteAsync("UPDATE tally SET n = @Next", new { Next = n + 1 });
            },
            Token
        );

    private Task<long> TallyAsync() => NumberAsync("SELECT n FROM tally");

    private Task<long> NumberAsync(string sql) =>
        _other.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql), Token);

    private Task EndAsync(int process) =>
        _other.ReadAsync(
            connection => connection.ExecuteAsync("SELECT pg_terminate_backend(@process)", new { process }),
            Token
        );
}
