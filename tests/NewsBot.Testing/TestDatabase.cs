using System.Security.Cryptography;
using System.Text;
using NewsBot.Storage;
using NewsBot.Testing.Servers;

namespace NewsBot.Testing;

/// <summary>
/// The database of a test: a SQLite file in its folder, or, where the test project says NewsBot.TestDatabase=Postgres, one
/// of a throw-away PostgreSQL server that belongs to the folder.
/// </summary>
internal static class TestDatabase
{
    public static bool IsPostgres { get; } = AppContext.GetData("NewsBot.TestDatabase") is "Postgres";

    /// <param name="folder">The folder of the data.</param>
    /// <param name="health">Knows whether anything can be stored; null for nobody.</param>
    public static Database Open(string folder, StorageHealth? health = null) =>
        IsPostgres
            ? new TwiceWrittenDatabase(ConnectionString(folder), folder, health)
            : new SqliteDatabase(new StorageOptions { Folder = folder }.DatabaseFile, health);

    /// <summary>What makes the program use it.</summary>
    public static string[] Settings(string folder) =>
        IsPostgres ? ["--Storage:Provider=Postgres", $"--Storage:ConnectionString={ConnectionString(folder)}"] : [];

    private static string ConnectionString(string folder)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..24];
        return PostgresServer.GetAsync().GetAwaiter().GetResult().Make($"t{name}");
    }
}
