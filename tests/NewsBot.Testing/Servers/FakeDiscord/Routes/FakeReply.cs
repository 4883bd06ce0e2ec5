using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Routes;

/// <summary>What a route answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON; null sends none.</param>
internal sealed record FakeReply(int Status, JsonNode? Body = null)
{
    public static FakeReply Nothing { get; } = new(204);

    public static FakeReply Ok(JsonNode body) => new(200, body);

    /// <summary>A page or file in the place of JSON.</summary>
    public (byte[] Bytes, string ContentType)? File { get; init; }

    public string? Location { get; init; }

    public static FakeReply List(IEnumerable<JsonNode> items) => new(200, new JsonArray([.. items]));
}
