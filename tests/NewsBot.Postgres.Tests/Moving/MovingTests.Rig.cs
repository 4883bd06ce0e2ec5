using Dapper;
using Microsoft.Data.Sqlite;
using NewsBot.Cli;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers;
using NewsBot.Tests.Storage;
using Npgsql;

namespace NewsBot.Postgres.Tests.Moving;

/// <summary>Where the newsroom of a test is, and how it is looked at.</summary>
public sealed partial class MovingTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-move-").FullName;
    private PostgresServer _server = null!;
    private string _address = "";

    private string OldFolder => Path.Combine(_folder, "old");

    private string OldFile => Path.Combine(OldFolder, "newsbot.db");

    private string NewFolder => Path.Combine(_folder, "new");

    private string NewFile => Path.Combine(NewFolder, "newsbot.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.GetAsync();
        _address = _server.MakeEmpty($"t{Path.GetFileName(_folder).ToLowerInvariant()}");
        await FilledNewsroom.MakeAsync(OldFile, Token);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string Connection => $"--Storage:ConnectionString={_address}";

    private Task<ProgramRun> ToServerAsync() => RunAsync("sqlite", "postgres", OldFolder);

    private Task<ProgramRun> ToFileAsync() => RunAsync("postgres", "sqlite", NewFolder);

    private Task<ProgramRun> RunAsync(string from, string to, string folder) =>
        ProgramRun.RunAsync(Words(from, to, folder));

    private string[] Words(string from, string to, string folder) =>
        ["--data", folder, Connection, "migrate", "--from", from, "--to", to];

    // By a way of its own, and with what stands in no column.
    private static Dictionary<string, List<string>> Rows(string file)
    {
        SqliteConnection.ClearAllPools();
        var columns = OldDatabase.Columns(file);
        columns.Remove("SchemaVersions");
        List<string> ofProcesses =
        [
            .. columns.Keys.Where(name =>
                name == "process" || columns[name].Contains("process_id", StringComparer.Ordinal)
            ),
        ];
        ofProcesses.ForEach(name => columns.Remove(name));
        columns["story_entry"] = [.. columns["story_entry"], "rowid"];
        return OldDatabase.Rows(file, columns);
    }

    private static List<string> Digests(string output) =>
        [
            .. output
                .Split('\n')
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
                .Where(line => line.Split(' ') is [_, _, { Length: 16 }])
                .Order(StringComparer.Ordinal),
        ];

    private async Task<T> AskAsync<T>(string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(_address) { Pooling = false }.ToString();
        await using var connection = new NpgsqlConnection(unpooled);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private static async Task<T> AskFileAsync<T>(string file, string sql)
    {
        await using var connection = DatabaseFile.Connection(file, SqliteOpenMode.ReadWrite);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private static async Task<(string Origin, string Secret)> CredentialAsync(string[] settings, string secret)
    {
        await using var app = NewsBotHost.Build(settings);
        return
            Logins(app).Protect(new NewsBot.Core.Feeds.FeedLogin("https://paid.example", "Authorization", secret))
                is { } login
            ? (login.Origin, login.Secret)
            : throw new InvalidOperationException("It was not protected.");
    }

    private static async Task<string?> ReadAsync(string[] settings, (string Origin, string Secret) kept)
    {
        await using var app = NewsBotHost.Build(settings);
        return Logins(app).Read(kept.Origin, kept.Secret)?.Value;
    }

    private static FeedLogins Logins(Microsoft.AspNetCore.Builder.WebApplication app) =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<FeedLogins>(
            app.Services
        );
}
