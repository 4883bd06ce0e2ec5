using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeSlack.Methods;

/// <summary>The answer is ok:false with a code.</summary>
/// <param name="code">Such as channel_not_found.</param>
/// <param name="messages">What is wrong, for response_metadata.messages.</param>
public sealed class FakeApiException(string code, params IReadOnlyList<string> messages) : Exception(code)
{
    /// <summary>Such as channel_not_found.</summary>
    public string Code => Message;

    /// <summary>What is wrong in words; may be empty.</summary>
    public IReadOnlyList<string> Messages => messages;

    /// <summary>The scope that is missing; null where it is about something else.</summary>
    public string? Needed { get; init; }

    /// <summary>The scopes that were granted, by commas.</summary>
    public string? Provided { get; init; }

    internal JsonObject Body()
    {
        var body = new JsonObject { ["ok"] = false, ["error"] = Code };
        if (Needed is not null)
        {
            body["needed"] = Needed;
            body["provided"] = Provided;
        }

        if (messages.Count > 0)
        {
            body["response_metadata"] = new JsonObject
            {
                ["messages"] = new JsonArray([.. messages.Select(one => (JsonNode)$"[ERROR] {one}")]),
            };
        }

        return body;
    }
}
