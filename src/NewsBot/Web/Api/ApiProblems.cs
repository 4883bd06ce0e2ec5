using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using NewsBot.Storage;

namespace NewsBot.Web.Api;

/// <summary>Errors as problem details. Source: https://www.rfc-editor.org/rfc/rfc9457</summary>
internal static class ApiProblems
{
    /// <summary>An error with its sentence.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="detail">What is wrong and what to do, in one or two sentences.</param>
    public static ProblemHttpResult Of(int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: Title(status));

    /// <summary>An error only the status is known of.</summary>
    public static ProblemHttpResult Of(int status) => Of(status, Detail(status));

    /// <summary>Answers a request that failed.</summary>
    public static Task TellAsync(HttpContext context) =>
        (
            context.Features.Get<IExceptionHandlerFeature>()?.Error is StorageTroubleException trouble
                ? Of(context.Response.StatusCode, trouble.Message)
                : Of(context.Response.StatusCode)
        ).ExecuteAsync(context);

    public static ProblemHttpResult NoChannel() =>
        Of(404, "There is no such channel in the built-in chat. GET /api/v1/channels lists what there is.");

    public static ProblemHttpResult ChatIsOff() =>
        Of(404, "The built-in chat is switched off here. Whoever runs this server can set Chat:Web:Enabled to true.");

    public static ProblemHttpResult NoMessage() => Of(404, "There is no such message in this channel.");

    public static ProblemHttpResult NoStory() => Of(404, "There is no such story.");

    public static ProblemHttpResult BadCursor() => Of(400, "after: pass the “next” of the page before.");

    public static ProblemHttpResult BadLimit() => Of(400, "limit: write a whole number from 1 to 200.");

    private static string Title(int status) =>
        ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";

    private static string Detail(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest =>
                "The request cannot be read. Send JSON as /openapi/v1.json describes it, and check the address.",
            StatusCodes.Status404NotFound => "There is nothing at this address. /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed =>
                "This method is not possible here; the Allow header says which are.",
            StatusCodes.Status408RequestTimeout => "The request did not arrive in time. Send it again.",
            StatusCodes.Status413PayloadTooLarge => "The request is too large. A message has at most 8,000 characters.",
            StatusCodes.Status415UnsupportedMediaType => "Send the body as JSON with “Content-Type: application/json”.",
            StatusCodes.Status500InternalServerError =>
                "Something went wrong here; it stands in the server's log. Try again in a moment.",
            _ => $"{Title(status)}.",
        };
}
