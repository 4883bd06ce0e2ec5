using System.Globalization;
using System.Text.Json.Nodes;

namespace NewsBot.Testing.Servers.FakeDiscord.Validation;

/// <summary>
/// Whom a message may notify. Source: https://discord.com/developers/docs/resources/message#allowed-mentions-object
/// </summary>
/// <param name="Users">Any user that is named; otherwise only those in <paramref name="UserIds"/>.</param>
/// <param name="Roles">Any role that is named; otherwise only those in <paramref name="RoleIds"/>.</param>
/// <param name="Everyone">@everyone and @here.</param>
/// <param name="RepliedUser">The author of the message that is answered.</param>
/// <param name="UserIds">Users by id.</param>
/// <param name="RoleIds">Roles by id.</param>
internal sealed record AllowedMentions(
    bool Users,
    bool Roles,
    bool Everyone,
    bool RepliedUser,
    IReadOnlySet<ulong> UserIds,
    IReadOnlySet<ulong> RoleIds
)
{
    /// <summary>What holds for messages that do not say.</summary>
    public static AllowedMentions All { get; } =
        new(true, true, true, true, new HashSet<ulong>(), new HashSet<ulong>());

    /// <summary>What holds for webhooks and interactions that do not say.</summary>
    public static AllowedMentions UsersOnly { get; } = All with { Roles = false, Everyone = false };

    public static AllowedMentions? Read(JsonObject body, string path, FieldErrors errors)
    {
        if (errors.Object(body, "allowed_mentions", path) is not { } mentions)
        {
            return null;
        }

        var parse = new List<string>();
        var list = errors.List(mentions, "parse", path + ".parse", 3);
        for (var index = 0; index < list.Count; index++)
        {
            var kind = list[index]?.ToString() ?? "";
            if (kind is "users" or "roles" or "everyone")
            {
                parse.Add(kind);
            }
            else
            {
                errors.Choice($"{path}.parse.{index}", "'users', 'roles', 'everyone'");
            }
        }

        var users = Ids(mentions, "users", path, errors);
        var roles = Ids(mentions, "roles", path, errors);
        Exclusive(parse.Contains("users") && users.Count > 0, "users");
        Exclusive(parse.Contains("roles") && roles.Count > 0, "roles");
        return new AllowedMentions(
            parse.Contains("users"),
            parse.Contains("roles"),
            parse.Contains("everyone"),
            errors.Flag(mentions, "replied_user", path + ".replied_user") ?? false,
            users,
            roles
        );

        void Exclusive(bool both, string what)
        {
            if (both)
            {
                errors.Add(
                    path,
                    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    $"parse:[\"{what}\"] and {what}: [ids...] are mutually exclusive."
                );
            }
        }
    }

    private static HashSet<ulong> Ids(JsonObject mentions, string name, string path, FieldErrors errors)
    {
        var ids = new HashSet<ulong>();
        var list = errors.List(mentions, name, $"{path}.{name}", 100);
        for (var index = 0; index < list.Count; index++)
        {
            if (ulong.TryParse(list[index]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                ids.Add(id);
            }
            else
            {
                errors.Add($"{path}.{name}.{index}", "NUMBER_TYPE_COERCE", "Value is not snowflake.");
            }
        }

        return ids;
    }
}
