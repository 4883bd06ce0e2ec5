using NewsBot.Core.Communities;

namespace NewsBot.Core.Commands;

public static partial class Catalogue
{
    private static CommandSpec[] ForModeration() =>
        [
            new(
                "moderation channel",
                Role.Admin,
                "says where moderators are asked about what was held back",
                "moderation channel #desk"
            )
            {
                TakesChannel = true,
                Arguments = [MayRest("place")],
                Asks = true,
                Note = "`moderation channel off` asks them by private message again.",
            },
            new("moderation log", Role.Admin, "says who may read what moderators did and why", "moderation log public")
            {
                Arguments = [Needs("log", "public", "private", "off")],
                Asks = true,
            },
        ];

    private static CommandSpec[] ForTheHouse() =>
        [
            new("status", Role.Admin, "shows how feeds, channels and the database are", "status"),
            new("audit", Role.Admin, "lists what admins and moderators did", "audit 20") { Arguments = [May("count")] },
            new("undo", Role.Admin, "takes back your last act, or the one with this number", "undo 17")
            {
                Arguments = [May("id")],
                Asks = true,
            },
            new("takedown", Role.Admin, "removes a story everywhere", "takedown 12")
            {
                Arguments = [NeedsRest("story")],
                Asks = true,
            },
            new("indexing", Role.Admin, "says whether search engines may list the public pages", "indexing on")
            {
                Arguments = [Needs("indexing", "on", "off")],
                Asks = true,
            },
            new("role", Role.Admin, "says what a member may do", "role \"Jo Doe\" moderator")
            {
                Arguments = [Needs("name"), Needs("role", "member", "moderator", "admin")],
                Asks = true,
            },
            new(
                "token create",
                Role.Admin,
                "makes a token with which a program acts as a member",
                "token create \"Jo Doe\""
            )
            {
                Arguments = [NeedsRest("name")],
                Asks = true,
            },
            new("token list", Role.Admin, "lists the tokens", "token list"),
            new("token revoke", Role.Admin, "makes a token useless", "token revoke 3")
            {
                Arguments = [Needs("id")],
                Asks = true,
            },
            new("community link", Role.Admin, "joins this community with another workspace", "community link")
            {
                Arguments = [May("code")],
                Asks = true,
                Note =
                    "Without a code it shows one, which an admin of the other side types there. Nothing is joined before they have seen what will happen and confirmed it.",
            },
            new("community unlink", Role.Admin, "parts this community from the others", "community unlink")
            {
                Arguments = [MayRest("name")],
                Asks = true,
            },
        ];
}
