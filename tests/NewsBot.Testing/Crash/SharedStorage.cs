using System.Data.Common;
using NewsBot.Testing.Servers;
using Npgsql;

namespace NewsBot.Testing.Crash;

/// <summary>A PostgreSQL database of its own for several processes, each with a way of its own to it.</summary>
internal sealed class SharedStorage : IAsyncDisposable
{
    private readonly string _address;

    private SharedStorage(PostgresServer server, string folder, string address, IReadOnlyList<CutConnections> ways)
    {
        Server = server;
        Folder = folder;
        _address = address;
        Ways = ways;
    }

    public PostgresServer Server { get; }

    /// <summary>Of what is kept beside the database.</summary>
    public string Folder { get; }

    /// <summary>One for each process.</summary>
    public IReadOnlyList<CutConnections> Ways { get; }

    /// <summary>What each process is told.</summary>
    public IEnumerable<IReadOnlyList<string>> Settings =>
        Ways.Select(way =>
            new[] { "--Storage:Provider=Postgres", $"--Storage:ConnectionString={way.Through(_address)}" }
        );

    /// <param name="processes">How many there will be.</param>
    /// <param name="isEmpty">Whether the first of them makes the tables; else they are those of now.</param>
    public static async Task<SharedStorage> MakeAsync(int processes, bool isEmpty)
    {
        var server = await PostgresServer.StartForTestsAsync();
        var folder = Directory.CreateTempSubdirectory("newsbot-shared-").FullName;
        var name = $"s{Path.GetFileName(folder).ToLowerInvariant()}";
        return new SharedStorage(
            server,
            folder,
            isEmpty ? server.MakeEmpty(name) : server.Make(name),
            [.. Enumerable.Range(0, processes).Select(_ => new CutConnections())]
        );
    }

    /// <summary>A connection that nobody cuts.</summary>
    public DbConnection Open()
    {
        // One of a pool may be of before a failover.
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_address) { Pooling = false }.ToString()
        );
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var way in Ways)
        {
            await way.DisposeAsync();
        }

        Server.End();
    }
}
