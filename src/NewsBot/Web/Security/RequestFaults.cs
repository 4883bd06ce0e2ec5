using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using NewsBot.Storage;

namespace NewsBot.Web.Security;

/// <summary>Tells what a caller did wrong from what went wrong here, which alone stands in the log: else anybody could fill it.</summary>
internal static class RequestFaults
{
    /// <returns>The status that tells the caller; null where the failure is ours.</returns>
    public static int? StatusOf(Exception? error) =>
        error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            // A form that is too large, too slow, cut off or none at all is found out while its proof is looked for.
            AntiforgeryValidationException { InnerException: BadHttpRequestException bad } => bad.StatusCode,
            AntiforgeryValidationException { InnerException: IOException or InvalidDataException } =>
                StatusCodes.Status400BadRequest,
            _ => null,
        };

    /// <summary>Whether nobody has to read of it in the log: the caller did it, a stop cut it off, or it was logged when it began.</summary>
    public static bool IsNoNews(ExceptionHandlerSuppressDiagnosticsContext failed) =>
        failed.Exception
            is StorageTroubleException
                or OperationCanceledException { InnerException: ConnectionAbortedException }
        || StatusOf(failed.Exception) is not null;
}
