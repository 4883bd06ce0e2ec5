using NewsBot.Core.Communities;

namespace NewsBot.Core.Commands;

public static partial class Catalogue
{
    private static CommandSpec[] ForAdmins() =>
        [
            .. ForSources(),
            .. ForLogins(),
            .. ForSelection(),
            .. ForTemplates(),
            .. ForDigests(),
            .. ForChannels(),
            .. ForReplies(),
            .. ForModeration(),
            .. ForTheHouse(),
        ];

    private static CommandSpec[] ForSources() =>
        [
            new(
                "add",
                Role.Admin,
                "adds a source by the address of its feed or of any page of it",
                "add https://example.org"
            )
            {
                TakesChannel = true,
                Arguments = [NeedsRest("url")],
                Options =
                [
                    new(
                        "offer",
                        "<number>",
                        "how many of its newest entries to post at once, 0 to 20; 3 where not said"
                    ),
                    new("name", "<name>", "what to call it"),
                ],
                Asks = true,
            },
            new("list", Role.Admin, "lists the sources with their health and channels", "list"),
            new(
                "test",
                Role.Admin,
                "shows what would be taken in from an address, without adding it",
                "test https://example.org/feed"
            )
            {
                Arguments = [NeedsRest("url")],
            },
            new("edit", Role.Admin, "changes one thing about a source", "edit \"The Daily\" interval 30 minutes")
            {
                Arguments =
                [
                    Needs("source"),
                    Needs("setting", "name", "weight", "interval", "category", "licence", "excerpt"),
                    NeedsRest("value"),
                ],
                Asks = true,
            },
            new("pause", Role.Admin, "takes nothing in from a source until it is resumed", "pause The Daily")
            {
                Arguments = [NeedsRest("source")],
                Asks = true,
            },
            new("resume", Role.Admin, "goes on with a paused source", "resume The Daily")
            {
                Arguments = [NeedsRest("source")],
                Asks = true,
            },
            new("remove", Role.Admin, "removes a source; its stories stay", "remove The Daily")
            {
                Arguments = [NeedsRest("source")],
                Asks = true,
            },
        ];

    private static CommandSpec[] ForLogins() =>
        [
            new(
                "login set",
                Role.Admin,
                "gives a source the login its feed wants; it is typed into a form",
                "login set The Daily"
            )
            {
                Arguments = [NeedsRest("source")],
                Options = [new("header", "<name>", "a header to send instead of a user name and password")],
                Note =
                    "The form is in Discord and in Slack. On the command line the login is read from the environment variables NEWSBOT_LOGIN_USER and NEWSBOT_LOGIN_PASSWORD; with `--header` the second is what the header says. It is tried at once, and kept only where the feed answers.",
            },
            new("login clear", Role.Admin, "forgets the login of a source", "login clear The Daily")
            {
                Arguments = [NeedsRest("source")],
                Asks = true,
            },
        ];

    private static CommandSpec[] ForSelection() =>
        [
            new(
                "filter set",
                Role.Admin,
                "lets only matching entries of a source into a channel",
                "filter set cnet title:(xiaomi OR huawei) -rumor"
            )
            {
                TakesChannel = true,
                Arguments = [Needs("source"), NeedsRest("filter")],
                Asks = true,
            },
            new("filter show", Role.Admin, "shows the filters of a channel, or of one source", "filter show cnet")
            {
                Arguments = [MayRest("source")],
            },
            new("filter clear", Role.Admin, "lets everything of a source in again", "filter clear cnet")
            {
                TakesChannel = true,
                Arguments = [NeedsRest("source")],
                Asks = true,
            },
            new(
                "filter replay",
                Role.Admin,
                "shows what the last 30 days would have been under a filter",
                "filter replay cnet -rumor"
            )
            {
                Arguments = [Needs("source"), NeedsRest("filter")],
            },
            new("bundle list", Role.Admin, "lists the ready-made sets of sources", "bundle list"),
            new("bundle add", Role.Admin, "adds a set of sources to a channel", "bundle add Technology")
            {
                TakesChannel = true,
                Arguments = [NeedsRest("set")],
                Asks = true,
            },
            new(
                "import",
                Role.Admin,
                "takes in a list of feeds (OPML) or an exported configuration (JSON)",
                "import https://example.org/feeds.opml"
            )
            {
                TakesChannel = true,
                Arguments = [MayRest("url")],
                Asks = true,
            },
            new(
                "export",
                Role.Admin,
                "hands out the sources as OPML, or the whole configuration as JSON",
                "export json"
            )
            {
                Arguments = [May("format", "opml", "json")],
            },
        ];

    private static CommandSpec[] ForTemplates() =>
        [
            new(
                "template set",
                Role.Admin,
                "says in Liquid what a source's cards show below their headline in a channel",
                "template set cnet \"{{ source }}: {{ summary | truncate: 200 }}\""
            )
            {
                TakesChannel = true,
                Arguments = [Needs("source"), NeedsRest("template")],
                Asks = true,
            },
            new("template show", Role.Admin, "shows the templates, or that of one source", "template show cnet")
            {
                Arguments = [MayRest("source")],
            },
            new("template clear", Role.Admin, "gives a source's cards their usual look again", "template clear cnet")
            {
                TakesChannel = true,
                Arguments = [NeedsRest("source")],
                Asks = true,
            },
        ];

    private static CommandSpec[] ForDigests() =>
        [
            new(
                "digest discussion",
                Role.Admin,
                "says when a channel is told what its people said",
                "digest discussion weekly monday 9:00"
            )
            {
                TakesChannel = true,
                Arguments = [NeedsRest("schedule")],
                Asks = true,
                Note = "`now`, `preview` and `off` may stand in place of a schedule.",
            },
            new(
                "digest set",
                Role.Admin,
                "says when a channel gets its digest",
                "digest set \"weekdays 8:30, 17:00 Europe/Berlin\""
            )
            {
                TakesChannel = true,
                Arguments = [NeedsRest("schedule")],
                Asks = true,
            },
            new("digest show", Role.Admin, "shows the schedule and the next times", "digest show")
            {
                TakesChannel = true,
            },
            new("digest preview", Role.Admin, "shows the digest as it would be now", "digest preview")
            {
                TakesChannel = true,
            },
            new("digest now", Role.Admin, "posts the digest now", "digest now") { TakesChannel = true, Asks = true },
            new("digest off", Role.Admin, "posts no more digests", "digest off") { TakesChannel = true, Asks = true },
        ];

    private static CommandSpec[] ForChannels() =>
        [
            new("channel list", Role.Admin, "lists the channels with their settings", "channel list"),
            new("channel create", Role.Admin, "makes a channel in the built-in chat", "channel create science")
            {
                Arguments = [NeedsRest("name")],
                Asks = true,
            },
            new(
                "channel mode",
                Role.Admin,
                "says when stories come: at once, in the digest, or both",
                "channel mode digest+breaking"
            )
            {
                TakesChannel = true,
                Arguments = [Needs("mode", "instant", "digest", "digest+breaking")],
                Asks = true,
            },
            new(
                "channel layout",
                Role.Admin,
                "says how a digest shows its stories, and how many as cards",
                "channel layout cards 5"
            )
            {
                TakesChannel = true,
                Arguments = [Needs("layout", "cards", "compact"), May("cards")],
                Asks = true,
            },
            new(
                "channel limits",
                Role.Admin,
                "says how many cards may come in an hour and in a day",
                "channel limits 10 50"
            )
            {
                TakesChannel = true,
                Arguments = [Needs("per-hour"), Needs("per-day")],
                Asks = true,
            },
            new(
                "channel quiet",
                Role.Admin,
                "keeps the nights quiet, or says something on days without news",
                "channel quiet 22:00-7:00"
            )
            {
                TakesChannel = true,
                Arguments = [NeedsRest("hours")],
                Options = [new("days", "silent|say", "what happens on a day without news")],
                Asks = true,
            },
        ];

    private static CommandSpec[] ForReplies() =>
        [
            new("channel mirror", Role.Admin, "says what happens with replies", "channel mirror collect")
            {
                TakesChannel = true,
                Arguments = [Needs("mirror", "post-only", "collect", "two-way"), May("reach", "elsewhere", "within")],
                Asks = true,
            },
            new(
                "channel publish",
                Role.Admin,
                "says who may read a channel's comments on the web",
                "channel publish members"
            )
            {
                TakesChannel = true,
                Arguments = [Needs("publication", "off", "members", "public")],
                Asks = true,
            },
            new("channel ping", Role.Admin, "names the role that breaking news calls", "channel ping newsroom")
            {
                TakesChannel = true,
                Arguments = [NeedsRest("role")],
                Asks = true,
            },
            new("channel tags", Role.Admin, "names the tags that posts in a forum get", "channel tags news, science")
            {
                TakesChannel = true,
                Arguments = [NeedsRest("tags")],
                Asks = true,
            },
            new(
                "channel crosspost",
                Role.Admin,
                "sends cards of an announcement channel to all that follow it",
                "channel crosspost on"
            )
            {
                TakesChannel = true,
                Arguments = [Needs("crosspost", "on", "off")],
                Asks = true,
            },
        ];

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
