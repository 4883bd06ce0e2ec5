using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Tests.Watching;

/// <summary>/readyz says why the newsroom cannot do its work.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private RunningNewsroom _newsroom = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _newsroom = await RunningNewsroom.StartAsync("--Starter:Enabled=false");

    public ValueTask DisposeAsync() => _newsroom.DisposeAsync();

    [Fact]
    public async Task A_database_whose_migrations_have_not_run_is_not_ready()
    {
        var before = await AskAsync();

        await _newsroom.RunAsync("DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0031%'");

        Assert.Equal(HttpStatusCode.OK, before.Status);
        var (status, words) = await AskAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("its migrations have not run", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_a_newer_version_has_changed_is_not_ready()
    {
        await _newsroom.RunAsync(
            """
            INSERT INTO SchemaVersions (ScriptName, Applied)
            VALUES ('NewsBot.Storage.Migrations.9999_future.sqlite.sql', '2026-01-01')
            """
        );

        var (status, words) = await AskAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("A newer NewsBot has changed the database", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newsroom_that_shuts_down_is_not_ready()
    {
        _newsroom.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        var (status, words) = await AskAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("shutting down", words, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Words)> AskAsync()
    {
        using var answer = await _newsroom.Http.GetAsync(new Uri("/readyz", UriKind.Relative), Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }
}
