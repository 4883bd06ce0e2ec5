using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Quartz;

namespace NewsBot.Benchmarks;

/// <summary>The least that ASP.NET, Quartz and SQLite cost together: a listener, a job that does nothing, a database with one table.</summary>
internal static class BaselineHost
{
    public const string Verb = "baseline-host";

    /// <param name="url">Where to listen.</param>
    /// <param name="folder">Where the database goes.</param>
    public static async Task RunAsync(Uri url, string folder)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "baseline.db") }.ToString();
        await using (var connection = new SqliteConnection(file))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE community (id INTEGER PRIMARY KEY)";
            await command.ExecuteNonQueryAsync();
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url.AbsoluteUri);
        builder.Services.AddQuartz(quartz =>
            quartz.ScheduleJob<IdleJob>(trigger =>
                trigger.WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(2)).RepeatForever())
            )
        );
        builder.Services.AddQuartzHostedService();
        await using var app = builder.Build();
        app.MapGet("/readyz", () => CountAsync(file));
        await app.RunAsync();
    }

    private static async Task<IResult> CountAsync(string file)
    {
        await using var connection = new SqliteConnection(file);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM community";
        return Results.Text($"{await command.ExecuteScalarAsync()}");
    }

    private sealed class IdleJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;
    }
}
