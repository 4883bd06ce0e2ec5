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
            .. ForChoice(),
            .. ForReplies(),
            .. ForModeration(),
            .. ForTheHouse(),
        ];

    private static CommandOption Items =>
        new("items", "<selectors>", "for a page without a feed: which parts of it are entries");

    private static CommandSpec[] ForSources() =>
        [
            .. ForNewSources(),
            new("list", Role.Admin, "lists the sources with their health and channels, or tells all about one", "list")
            {
                Arguments = [MayRest("source")],
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

    private static CommandSpec[] ForNewSources() =>
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
                    Items,
                ],
                Note =
                    "A page without a feed is read itself: `--items` says by CSS selectors which parts of it are entries, and is suggested where it is left out. `--items \".news li; title: h3; date: .when\"` names parts of an entry too; there are title, link, date, summary and image, and `@` takes an attribute, as in `date: time@datetime`.",
                Asks = true,
            },
            new(
                "test",
                Role.Admin,
                "shows what would be taken in from an address, without adding it",
                "test https://example.org/feed"
            )
            {
                Arguments = [NeedsRest("url")],
                Options = [Items],
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
}
