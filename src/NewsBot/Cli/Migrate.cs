using NewsBot.Storage;

namespace NewsBot.Cli;

/// <summary>Brings the database up to date without starting, or moves it to another kind of database.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(
        string[] settings,
        string? from,
        string? to,
        CancellationToken cancellationToken
    )
    {
        if (from is null && to is null)
        {
            return await UpdateAsync(settings, cancellationToken);
        }

        if (from is null || to is null || from == to)
        {
            Output.Error("Say both: “--from sqlite --to postgres”, or “--from postgres --to sqlite”.");
            return CommandLineDoor.WrongUsage;
        }

        return await MoveDatabase.RunAsync(
            settings,
            to == "postgres" ? StorageProvider.Postgres : StorageProvider.Sqlite,
            cancellationToken
        );
    }

    private static async Task<int> UpdateAsync(string[] settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = NewsBotHost.Build(settings);
            var scripts = await Output.WhileAsync(
                "Bringing the database up to date …",
                _ => app.Services.GetRequiredService<Migrator>().MigrateAsync(rewrites: true, cancellationToken)
            );
            Output.Line(
                scripts.Count == 0
                    ? "The database is up to date."
                    : $"Brought up to date with {string.Join(", ", scripts)}."
            );
            return CommandLineDoor.Done;
        }
        catch (Exception error) when (OneShot.Explain(error) is { } sentence)
        {
            Output.Error(sentence);
            return CommandLineDoor.Failed;
        }
    }
}
