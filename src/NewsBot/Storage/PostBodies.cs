using System.Text.Json;
using NewsBot.Core.Posts;

namespace NewsBot.Storage;

/// <summary>How a post's body is kept in the database.</summary>
internal static class PostBodies
{
    public static string Write(PostBody body) => JsonSerializer.Serialize(body, JsonSerializerOptions.Web);

    /// <exception cref="JsonException">The text was not written by <see cref="Write"/>.</exception>
    public static PostBody Read(string json) =>
        JsonSerializer.Deserialize<PostBody>(json, JsonSerializerOptions.Web)
        ?? throw new JsonException("A post's body is null.");
}
