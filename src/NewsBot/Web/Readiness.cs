using NewsBot.Storage;

namespace NewsBot.Web;

/// <summary>GET /readyz: whether the newsroom can do its work now, and else why not, in words that name no path.</summary>
internal static class Readiness
{
    public static async Task<IResult> CheckAsync(
        Database database,
        StorageHealth health,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken
    )
    {
        var words = lifetime.ApplicationStopping.IsCancellationRequested
            ? "NewsBot is shutting down."
            : health.Trouble?.Words ?? database.Look() ?? await LookAsync(database, cancellationToken);
        return words is null
            ? Results.Text("ready")
            : Results.Problem(words, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> LookAsync(Database database, CancellationToken cancellationToken)
    {
        try
        {
            return await database.ReadAsync(Migrator.DifferenceAsync, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return database.KindOf(error) is { } kind ? StorageFailures.Words(kind) : "The database does not answer.";
        }
    }
}
