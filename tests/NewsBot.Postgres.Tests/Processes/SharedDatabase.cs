using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Processes;
using NewsBot.Storage;
using NewsBot.Testing.Servers;

namespace NewsBot.Postgres.Tests.Processes;

/// <summary>A database with the schema of now, as several processes see it.</summary>
internal sealed class SharedDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-").FullName;
    private readonly List<PostgresDatabase> _views = [];
    private string _address = "";

    public static async Task<SharedDatabase> MakeAsync()
    {
        var shared = new SharedDatabase();
        var server = await PostgresServer.GetAsync();
        shared._address = server.Make($"p{Path.GetFileName(shared._folder).ToLowerInvariant()}");
        return shared;
    }

    /// <summary>What makes the program use it.</summary>
    public string[] Settings => ["--Storage:Provider=Postgres", $"--Storage:ConnectionString={_address}"];

    /// <summary>It, as one more process sees it.</summary>
    public PostgresDatabase View()
    {
        var view = new PostgresDatabase(_address, _folder, TimeProvider.System);
        _views.Add(view);
        return view;
    }

    /// <summary>One more process that has made itself known.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="settings">Prints of what it was told.</param>
    public async Task<(PostgresDatabase Database, ThisProcess Process)> JoinAsync(
        CancellationToken cancellationToken,
        string settings = "{}"
    )
    {
        var view = View();
        var process = new ThisProcess(view, Options.Create(new ProcessOptions()), TimeProvider.System);
        await process.BeginAsync(settings, cancellationToken);
        return (view, process);
    }

    /// <summary>Lets the lease of a process be over, as if nothing had been heard of it.</summary>
    public static Task SilenceAsync(PostgresDatabase database, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
                connection.ExecuteAsync("UPDATE process SET ends_at = 0 WHERE id = @Id", new { Id = database.Process }),
            cancellationToken
        );

    public void Dispose()
    {
        foreach (var view in _views)
        {
            view.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
