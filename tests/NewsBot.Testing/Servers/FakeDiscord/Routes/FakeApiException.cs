using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>The answer is one of Discord's errors.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">Discord's code; 0 where there is only a status.</param>
/// <param name="message">Discord's words.</param>
/// <param name="errors">Which fields are wrong.</param>
public sealed class FakeApiException(int status, int code, string message, JsonObject? errors = null)
    : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    /// <summary>Discord's code.</summary>
    public int Code => code;

    internal JsonObject Body()
    {
        var body = new JsonObject { ["message"] = Message, ["code"] = code };
        if (errors is not null)
        {
            body["errors"] = errors.DeepClone();
        }

        return body;
    }
}

/// <summary>The errors by their codes. Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes</summary>
internal static class Fail
{
    private static readonly Dictionary<int, (int Status, string Message)> Known = new()
    {
        [10003] = (404, "Unknown Channel"),
        [10004] = (404, "Unknown Guild"),
        [10007] = (404, "Unknown Member"),
        [10008] = (404, "Unknown Message"),
        [10011] = (404, "Unknown Role"),
        [10013] = (404, "Unknown User"),
        [10014] = (400, "Unknown Emoji"),
        [10015] = (404, "Unknown Webhook"),
        [10002] = (404, "Unknown Application"),
        [10062] = (404, "Unknown interaction"),
        [10063] = (404, "Unknown application command"),
        [20028] = (429, "The channel you are writing has hit the write rate limit"),
        [30007] = (400, "Maximum number of webhooks reached (15)"),
        [30010] = (400, "Maximum number of reactions reached (20)"),
        [30032] = (400, "Maximum number of application commands reached (100)"),
        [30034] = (429, "Max number of daily application command creates has been reached (200)"),
        [30046] = (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
        [40005] = (413, "Request entity too large"),
        [40033] = (400, "This message has already been crossposted"),
        [40058] = (400, "Cannot message this channel until a forum post is created"),
        [40060] = (400, "Interaction has already been acknowledged."),
        [40067] = (400, "A tag is required to create a forum post in this channel"),
        [40333] = (403, "internal network error"),
        [50001] = (403, "Missing Access"),
        [50005] = (403, "Cannot edit a message authored by another user"),
        [50006] = (400, "Cannot send an empty message"),
        [50007] = (403, "Cannot send messages to this user"),
        [50008] = (400, "Cannot send messages in a non-text channel"),
        [50013] = (403, "Missing Permissions"),
        [50016] = (
            400,
            "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete."
        ),
        [50021] = (403, "Cannot execute action on a system message"),
        [50024] = (400, "Cannot execute action on this channel type"),
        [50027] = (401, "Invalid Webhook Token"),
        [50033] = (400, "Invalid Recipient(s)"),
        [50034] = (400, "You can only bulk delete messages that are under 14 days old."),
        [50045] = (413, "File uploaded exceeds the maximum size"),
        [50068] = (400, "Invalid message type"),
        [50083] = (400, "Thread is archived"),
        [50109] = (400, "The request body contains invalid JSON."),
        [160002] = (400, "Cannot reply without permission to read message history"),
        [160004] = (400, "A thread has already been created for this message"),
        [160005] = (400, "Thread is locked"),
        [160006] = (400, "Maximum number of active threads reached"),
        [220001] = (400, "Webhooks posted to forum channels must have a thread_name or thread_id"),
        [220002] = (400, "Webhooks posted to forum channels cannot have both a thread_name and thread_id"),
        [220003] = (400, "Webhooks can only create threads in forum channels"),
    };

    public static FakeApiException With(int code) => new(Known[code].Status, code, Known[code].Message);

    /// <summary>401, as for every token that is not known.</summary>
    public static FakeApiException Unauthorized() => new(401, 0, "401: Unauthorized");

    public static FakeApiException NotFound() => new(404, 0, "404: Not Found");

    public static FakeApiException WrongMethod() => new(405, 0, "405: Method Not Allowed");

    /// <summary>One wrong field.</summary>
    public static FakeApiException Field(string path, string code, string message)
    {
        var errors = new Validation.FieldErrors();
        errors.Add(path, code, message);
        return errors.Exception();
    }
}
