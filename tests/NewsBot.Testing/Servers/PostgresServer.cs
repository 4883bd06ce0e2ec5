using System.Diagnostics;
using System.Globalization;
using Dapper;
using NewsBot.Storage;
using Npgsql;

namespace NewsBot.Testing.Servers;

/// <summary>
/// A throw-away PostgreSQL server made from the system's programs; it lives as long as the process at most, and answers on
/// a socket in a folder of its own. As root, it runs as the user postgres.
/// </summary>
internal sealed class PostgresServer
{
    // What a test leaves does not have to outlive a power cut.
    private const string ForTests = "-c fsync=off -c max_connections=400 -c shared_buffers=64MB";

    // As it comes; four processes have more connections than it usually allows.
    private const string AsItComes = "-c max_connections=300";

    private const string Template = "newsbot_template";

    // Everybody else is let in without one.
    private const string Guarded = "guarded";

    // Tests write rows under ids of their own, and let some fail.
    private const string AsTestsSpeak = """
        CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
        CREATE FUNCTION follow_id() RETURNS TRIGGER LANGUAGE plpgsql AS $$
        DECLARE ids TEXT := pg_get_serial_sequence(TG_TABLE_NAME, 'id'); last BIGINT;
        BEGIN
            EXECUTE 'SELECT last_value FROM ' || ids INTO last;
            IF NEW.id >= last THEN PERFORM setval(ids, NEW.id); END IF;
            RETURN NULL;
        END $$;
        DO $$
        DECLARE name TEXT;
        BEGIN
            FOR name IN SELECT table_name FROM information_schema.columns
                WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'
            LOOP
                EXECUTE 'CREATE TRIGGER follow_id AFTER INSERT ON ' || name || ' FOR EACH ROW EXECUTE FUNCTION follow_id()';
            END LOOP;
        END $$;
        """;

    private static readonly Lazy<Task<PostgresServer>> One = new(StartForTestsAsync);

    private readonly string _folder;
    private readonly string _programs;
    private readonly string _settings;
    private readonly bool _isRoot = Environment.UserName == "root";
    private bool _hasEnded;

    private PostgresServer(string folder, string programs, string settings)
    {
        _folder = folder;
        _programs = programs;
        _settings = settings;
    }

    /// <summary>The one of this process, for all who leave it running.</summary>
    public static Task<PostgresServer> GetAsync() => One.Value;

    /// <summary>Starts one as operators have it: what is committed is on the disk.</summary>
    public static Task<PostgresServer> StartAsync() => StartAsync(AsItComes);

    /// <summary>Starts one more as tests want it, for who stops it.</summary>
    public static async Task<PostgresServer> StartForTestsAsync()
    {
        var server = await StartAsync(ForTests);
        await server.MakeTemplateAsync();
        return server;
    }

    /// <summary>The process that all its others belong to.</summary>
    public int ProcessId =>
        int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Makes a database with the schema of now, unless there is one of this name.</summary>
    /// <returns>Its connection string.</returns>
    public string Make(string name) => Make(name, Template);

    /// <summary>Makes a database without tables, unless there is one of this name.</summary>
    /// <returns>Its connection string.</returns>
    public string MakeEmpty(string name) => Make(name, "template1");

    /// <summary>Gives a database to somebody who has to say a password.</summary>
    /// <param name="connection">As whoever made it connects.</param>
    /// <param name="password">What is to be said from now on.</param>
    /// <returns>The connection string with the password.</returns>
    public string Guard(string connection, string password)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        using var open = new NpgsqlConnection(ConnectionString("postgres"));
        open.Execute(
            $"CREATE ROLE {Guarded} LOGIN PASSWORD '{password}'; ALTER DATABASE \"{settings.Database}\" OWNER TO {Guarded}"
        );
        settings.Username = Guarded;
        settings.Password = password;
        return settings.ToString();
    }

    private string Make(string name, string template)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var find = new NpgsqlCommand("SELECT COUNT(*) FROM pg_database WHERE datname = $1", connection);
        find.Parameters.Add(new NpgsqlParameter { Value = name });
        if ((long)find.ExecuteScalar()! == 0)
        {
#pragma warning disable CA2100 // Tests make up the name.
            using var make = new NpgsqlCommand($"CREATE DATABASE \"{name}\" TEMPLATE {template}", connection);
#pragma warning restore CA2100
            make.ExecuteNonQuery();
        }

        return ConnectionString(name);
    }

    /// <summary>Stops it at once, as a machine that loses its power, and starts it again.</summary>
    public async Task RestartAsync()
    {
        await RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        await LaunchAsync();
    }

    private string Data => Path.Combine(_folder, "data");

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = _folder,
            Username = "postgres",
            Database = database,
            Pooling = database != "postgres",
        }.ToString();

    private static async Task<PostgresServer> StartAsync(string settings)
    {
        var programs =
            Directory.Exists("/usr/lib/postgresql")
            && Directory.GetDirectories("/usr/lib/postgresql").Max(StringComparer.Ordinal) is { } newest
                ? Path.Combine(newest, "bin")
                : throw new InvalidOperationException(
                    "The tests need PostgreSQL's programs. Run \"sudo apt-get install postgresql\"."
                );
        var server = new PostgresServer(
            Directory.CreateTempSubdirectory("newsbot-postgres-").FullName,
            programs,
            settings
        );
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.End();
        if (server._isRoot)
        {
            await ExecuteAsync("chown", ["postgres", server._folder]);
        }

        await server.RunAsync(
            "initdb",
            "-D",
            server.Data,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8"
        );
        var rules = Path.Combine(server.Data, "pg_hba.conf");
        await File.WriteAllTextAsync(rules, $"local all {Guarded} scram-sha-256\n{await File.ReadAllTextAsync(rules)}");
        await server.LaunchAsync();
        return server;
    }

    private Task LaunchAsync() =>
        RunAsync(
            "pg_ctl",
            "-D",
            Data,
            "-l",
            Path.Combine(_folder, "log"),
            "-o",
            $"-k {_folder} -c listen_addresses= {_settings}",
            "-w",
            "start"
        );

    private async Task MakeTemplateAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString("postgres")))
        {
            await connection.OpenAsync();
            await using var make = new NpgsqlCommand($"CREATE DATABASE {Template}", connection);
            await make.ExecuteNonQueryAsync();
        }

        var text = new NpgsqlConnectionStringBuilder(ConnectionString(Template)) { Pooling = false }.ToString();
        using var database = new PostgresDatabase(text, _folder, TimeProvider.System);
        await new Migrator(database).MigrateAsync(CancellationToken.None);
        await using var tests = await database.OpenAsync(CancellationToken.None);
        await tests.ExecuteAsync(AsTestsSpeak);
    }

    /// <summary>Stops it at once and deletes it.</summary>
    public void End()
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "stop").GetAwaiter().GetResult();
        // Hundreds of databases are hundreds of thousands of files: whoever ends does not wait until they are gone.
        using var delete = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "rm -rf \"$0\" >/dev/null 2>&1 &", _folder])
            {
                WorkingDirectory = "/",
            }
        );
    }

    private Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return _isRoot
            ? ExecuteAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : ExecuteAsync(path, arguments);
    }

    private static async Task ExecuteAsync(string program, string[] arguments)
    {
        // A server that was started in the background would hold a pipe open for ever.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments])
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}."
            );
        }
    }
}
