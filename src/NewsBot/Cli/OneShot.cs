using Microsoft.Extensions.Options;
using NewsBot.Starter;
using NewsBot.Storage;
using Npgsql;

namespace NewsBot.Cli;

/// <summary>The parts of the newsroom for one command: no listener, no jobs.</summary>
internal static class OneShot
{
    /// <summary>Runs something with the parts, the database up to date.</summary>
    /// <param name="settings">Settings as on the server's command line.</param>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What the work returns; 1 with a sentence on the error stream where it could not begin or broke.</returns>
    public static async Task<int> RunAsync(
        string[] settings,
        Func<IServiceProvider, Task<int>> work,
        CancellationToken cancellationToken
    )
    {
        StorageHealth.FailAtOnce();
        try
        {
            await using var app = NewsBotHost.Build(settings);
            foreach (var check in app.Services.GetServices<IStartupValidator>())
            {
                check.Validate();
            }

            await app.Services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
            await app.Services.GetRequiredService<LayOutNewsroom>().RunAsync(cancellationToken);
            await app.Services.GetRequiredService<Erasures>().BeginAsync(cancellationToken);
            return await work(app.Services);
        }
        catch (Exception error) when (Explain(error) is { } sentence)
        {
            Output.Error(sentence);
            return CommandLineDoor.Failed;
        }
    }

    /// <summary>What went wrong, for the person at the terminal; null for what only a developer can understand.</summary>
    public static string? Explain(Exception error) =>
        error switch
        {
            OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
            AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
                string.Join(
                    Environment.NewLine,
                    many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)
                ),
            Microsoft.Data.Sqlite.SqliteException when StorageFailures.Explain(error) is { } words => words,
            Microsoft.Data.Sqlite.SqliteException sqlite =>
                $"The database cannot be used: {sqlite.Message} “newsbot doctor” looks closer.",
            PostgresException refused =>
                $"PostgreSQL refused: {refused.MessageText}. Storage:ConnectionString says which database, and as whom.",
            NpgsqlException server =>
                $"PostgreSQL cannot be reached: {server.Message} Storage:ConnectionString says where it is.",
            InvalidOperationException or IOException or UnauthorizedAccessException => error.Message,
            _ => null,
        };
}
