using NewsBot.Core.Communities;

namespace NewsBot.Core.Commands;

public static partial class Catalogue
{
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

    private static CommandSpec[] ForChoice() =>
        [
            new(
                "channel breaking",
                Role.Admin,
                "says how many outlets within how long make a story breaking",
                "channel breaking 3 \"2 hours\""
            )
            {
                TakesChannel = true,
                Arguments = [Needs("outlets"), MayRest("within")],
                Asks = true,
                Note = "`channel breaking off` leaves everything to the digest.",
            },
            new("channel languages", Role.Admin, "says which languages a channel takes", "channel languages en de")
            {
                TakesChannel = true,
                Arguments = [NeedsRest("languages")],
                Asks = true,
                Note =
                    "The language is told from the text; what nobody can tell comes in. `channel languages all` takes everything.",
            },
            new(
                "channel variety",
                Role.Admin,
                "says how many stories of one source a digest may have",
                "channel variety 6"
            )
            {
                TakesChannel = true,
                Arguments = [Needs("per-source")],
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
}
