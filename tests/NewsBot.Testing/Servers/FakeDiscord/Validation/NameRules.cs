using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>
/// The names that webhooks may bear. Source: https://discord.com/developers/docs/resources/webhook#create-webhook
/// </summary>
internal static class NameRules
{
    private static readonly string[] Parts = ["clyde", "discord", "```"];
    private static readonly string[] Whole = ["everyone", "here"];

    /// <summary>Checks a name.</summary>
    /// <returns>Null where it is absent.</returns>
    public static string? Check(JsonObject body, string field, bool required, FieldErrors errors)
    {
        if (body[field] is null && !required)
        {
            return null;
        }

        var name = errors.Text(body, field, field, 1, 80, required: true).Trim();
        foreach (var part in Parts.Where(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add(field, "USERNAME_INVALID_CONTAINS", $"Username cannot contain \"{part}\"");
        }

        foreach (var word in Whole.Where(word => name.Equals(word, StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add(field, "USERNAME_INVALID_EQUALS", $"Username cannot be \"{word}\"");
        }

        return name;
    }
}
