using System.Net;
using System.Net.Sockets;

namespace NewsBot.Tests.Host;

/// <summary>A start that fails says why in a sentence and ends with 1.</summary>
public sealed class StartFailureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsbot-start-").FullName;

    private string DatabaseFile => Path.Combine(_folder, "newsbot.db");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_database_that_is_none_is_left_as_it_is()
    {
        var content = new string('x', 10_000);
        await File.WriteAllTextAsync(DatabaseFile, content, TestContext.Current.CancellationToken);

        var error = await ErrorAsync("--data", _folder, "--Web:Url=http://127.0.0.1:0");

        Assert.Contains("The database cannot be used", error, StringComparison.Ordinal);
        Assert.Contains("newsbot doctor", error, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(DatabaseFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_with_the_remedy()
    {
        var file = Path.Combine(_folder, "taken");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var error = await ErrorAsync("--data", file, "--Web:Url=http://127.0.0.1:0");

        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Contains("--data DIR", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_the_remedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://{other.LocalEndpoint}";

        var error = await ErrorAsync("--data", _folder, $"--Web:Url={url}", "--Starter:Enabled=false");

        Assert.Contains(url, error, StringComparison.Ordinal);
        Assert.Contains("listen elsewhere with --Web:Url=", error, StringComparison.Ordinal);
    }

    private static async Task<string> ErrorAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Output.Capture(output, error);
        Assert.Equal(1, await ServeCommand.RunAsync(args));
        Assert.Single(error.ToString().Trim().Split('\n'));
        return error.ToString();
    }
}
