using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>The addresses that answers are sent to later, known as response_url.</summary>
internal static class ResponseRoutes
{
    /// <summary>Takes an answer; refusals of its address are 404, those of the message 200 with ok:false.</summary>
    /// <param name="context">The request.</param>
    /// <param name="state">What it changes.</param>
    /// <param name="statistics">Counts refusals.</param>
    /// <param name="secret">What stands behind the first part of the path.</param>
    public static async Task RespondAsync(
        HttpContext context,
        FakeSlackState state,
        FakeStatistics statistics,
        string secret
    )
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var answer = body as JsonObject ?? throw new FakeApiException("invalid_payload");
            state.Change(() => state.Respond(secret, answer));
            await Answer.TextAsync(context, 200, "ok");
        }
        catch (JsonException)
        {
            await Answer.TextAsync(context, 400, "invalid_payload");
        }
        catch (FakeApiException error)
        {
            statistics.Failed(error.Code, "response_url");
            var gone = error.Code.EndsWith("_url", StringComparison.Ordinal);
            await Answer.JsonAsync(context, gone ? 404 : 200, error.Body());
        }
    }
}
