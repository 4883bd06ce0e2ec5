using Dapper;
using NewsBot.Storage;

namespace NewsBot.Web;

/// <summary>GET /readyz: whether the newsroom can do its work now.</summary>
internal static class Readiness
{
    public static async Task<IResult> CheckAsync(
        Database database,
        StorageHealth health,
        CancellationToken cancellationToken
    )
    {
        if ((health.Trouble?.Words ?? StorageFailures.Look(database.File)) is { } words)
        {
            return Results.Problem(words, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            await database.ReadAsync(
                connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM community"),
                cancellationToken
            );
            return Results.Text("ready");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Results.Problem(
                "The database does not answer.",
                statusCode: StatusCodes.Status503ServiceUnavailable
            );
        }
    }
}
