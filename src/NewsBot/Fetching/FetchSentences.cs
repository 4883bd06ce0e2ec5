using System.Net;
using System.Net.Sockets;
using NewsBot.Core.Feeds;

namespace NewsBot.Fetching;

/// <summary>Says in words why a fetch failed. Pure; names hosts and ports only.</summary>
internal static class FetchSentences
{
    /// <summary>For an answer that is no document.</summary>
    public static string ForStatus(HttpStatusCode status, string place) =>
        (int)status switch
        {
            204 or 205 or 304 => $"{place} answered without a document ({(int)status}).",
            401 or 407 => $"{place} wants a login for this document ({(int)status}). Use an address that needs none.",
            403 => $"{place} refuses to give us this document (403). It may need a login or keep out feed readers.",
            404 => $"{place} has no such document (404). Check the address; the feed may have moved.",
            >= 500 => $"{place} has a problem of its own ({(int)status}). It will be tried again.",
            _ => $"{place} answered with status {(int)status} instead of a document.",
        };

    /// <summary>For a feed that is not for everybody.</summary>
    /// <param name="status">401 or 403.</param>
    /// <param name="place">Who said so.</param>
    /// <param name="wasSent">Whether it was shown a login.</param>
    /// <param name="hasLogin">Whether there is one.</param>
    public static string ForLogin(HttpStatusCode status, string place, bool wasSent, bool hasLogin) =>
        (wasSent, hasLogin, (int)status) switch
        {
            (true, _, 401) =>
                $"{place} does not take the login it was given (401): user name, password or key is wrong or has run out. Type it again with /news login set.",
            (true, _, _) =>
                $"{place} takes the login but refuses this document (403). If it should not, type the login again with /news login set.",
            (_, true, _) =>
                $"It redirects to {place}, which wants a login ({(int)status}). A login is sent to its own server only: use the address it redirects to.",
            (_, _, 401) =>
                $"{place} wants a login for this document (401). An admin gives it one with /news login set.",
            _ =>
                $"{place} refuses to give us this document (403). It may keep out feed readers, or need a login, which /news login set gives it.",
        };

    /// <summary>For a request that got no answer, or half of one.</summary>
    public static string ForError(Exception error, string place)
    {
        if (Find<FetchRefusedException>(error) is { } refused)
        {
            return refused.Message;
        }

        if (Find<SocketException>(error) is { } socket)
        {
            return ForSocket(socket.SocketErrorCode, place);
        }

        return ErrorOf(error) switch
        {
            HttpRequestError.SecureConnectionError =>
                $"No encrypted connection to {place} could be made; its TLS settings are out of date or wrong.",
            HttpRequestError.ResponseEnded => $"{place} broke off in the middle of its answer.",
            HttpRequestError.ConfigurationLimitExceeded =>
                $"{place} sends too many or too long headers, so it was given up.",
            _ => $"{place} does not answer the way a web server does.",
        };
    }

    /// <summary>What <see cref="ForError"/> says, for counting.</summary>
    public static FetchFailure KindOf(Exception error) =>
        (Find<FetchRefusedException>(error), Find<SocketException>(error)?.SocketErrorCode, ErrorOf(error)) switch
        {
            // A certificate that we refuse is the server's fault.
            (_, _, HttpRequestError.SecureConnectionError) => FetchFailure.Tls,
            (not null, _, _) => FetchFailure.Refused,
            (_, SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain, _) => FetchFailure.Name,
            (_, not null, _) or (_, _, HttpRequestError.ResponseEnded) => FetchFailure.Connection,
            _ => FetchFailure.Other,
        };

    /// <summary>For a request that took too long.</summary>
    public static string ForTimeout(TimeSpan timeout, string place) =>
        $"{place} did not finish its answer within {timeout.TotalSeconds:0.#} seconds.";

    private static HttpRequestError ErrorOf(Exception error) =>
        error switch
        {
            HttpRequestException http => http.HttpRequestError,
            HttpIOException io => io.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };

    private static string ForSocket(SocketError error, string place) =>
        error switch
        {
            SocketError.HostNotFound or SocketError.NoData =>
                $"The name in {place} could not be found. Check it for typing mistakes; the site may also be gone.",
            SocketError.TryAgain =>
                $"The name in {place} could not be looked up just now; the network or its name server is down.",
            SocketError.ConnectionRefused =>
                $"{place} refuses the connection: no web server listens there at the moment.",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown =>
                $"There is no way to {place} from this network at the moment.",
            SocketError.TimedOut => $"{place} does not answer.",
            SocketError.ConnectionReset or SocketError.ConnectionAborted => $"{place} broke off the connection.",
            _ => $"The connection to {place} failed ({error}).",
        };

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        while (error is not null and not T)
        {
            error = error.InnerException;
        }

        return error as T;
    }
}
