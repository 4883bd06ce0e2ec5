using NewsBot.Core.Communities;

namespace NewsBot.Core.Commands;

/// <summary>Every verb there is, once for all doors: chats and the command line.</summary>
public static partial class Catalogue
{
    /// <summary>Options that every verb takes.</summary>
    public static IReadOnlyList<CommandOption> Everywhere { get; } =
    [
        new("channel", "<channel>", "the channel that is meant, where it is not the one you write in"),
        new("yes", null, "make the change at once (command line only)"),
    ];

    /// <summary>In the order help lists them.</summary>
    public static IReadOnlyList<CommandSpec> All { get; } =
    [.. ForEveryone(), .. ForModerators(), .. ForWords(), .. ForAdmins()];

    private static readonly Dictionary<string, CommandSpec> ByName = All.ToDictionary(
        spec => spec.Name,
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The verb a line begins with: the longest name that fits.</summary>
    /// <param name="words">The first words of the line.</param>
    /// <returns>Null where no verb begins like that.</returns>
    public static CommandSpec? Find(params IReadOnlyList<string> words) =>
        (words.Count > 1 ? ByName.GetValueOrDefault($"{words[0]} {words[1]}") : null)
        ?? (words.Count > 0 ? ByName.GetValueOrDefault(words[0]) : null);

    /// <summary>The verbs of two words that share the first, such as all of "digest".</summary>
    /// <param name="first">Their first word, in any case.</param>
    public static IReadOnlyList<CommandSpec> Group(string first) =>
        [.. All.Where(spec => spec.Name.StartsWith(first + " ", StringComparison.OrdinalIgnoreCase))];

    private static CommandOption Reason => new("reason", "<why>", "why, for the log");

    private static CommandArgument Needs(string name, params IReadOnlyList<string> choices) =>
        new(name, IsRequired: true, IsRest: false, choices);

    private static CommandArgument May(string name, params IReadOnlyList<string> choices) =>
        new(name, IsRequired: false, IsRest: false, choices);

    private static CommandArgument NeedsRest(string name) => new(name, IsRequired: true, IsRest: true, []);

    private static CommandArgument MayRest(string name) => new(name, IsRequired: false, IsRest: true, []);

    private static CommandSpec[] ForEveryone() =>
        [
            new("latest", Role.Member, "shows the newest stories", "latest")
            {
                Options = [new("count", "<number>", "how many, up to 25")],
            },
            new("top", Role.Member, "shows the stories most reported and most discussed", "top week")
            {
                Arguments = [May("period", "day", "week")],
            },
            new("search", Role.Member, "finds stories and comments", "search solid state batteries")
            {
                Arguments = [NeedsRest("words")],
            },
            new("story", Role.Member, "shows one story with its reports", "story 12")
            {
                Arguments = [NeedsRest("story")],
            },
            new(
                "why",
                Role.Member,
                "says how far an article came and what stopped it",
                "why https://example.org/article"
            )
            {
                Arguments = [NeedsRest("url")],
            },
            new("follow", Role.Member, "tells you privately when somebody replies to a story", "follow 12")
            {
                Arguments = [NeedsRest("story")],
            },
            new("unfollow", Role.Member, "tells you no more of replies to a story", "unfollow 12")
            {
                Arguments = [NeedsRest("story")],
            },
            .. ForThemselves(),
            new("help", Role.Member, "lists the commands, or explains one", "help digest set")
            {
                Arguments = [MayRest("command")],
            },
            new("confirm", Role.Member, "makes the change you were shown", "confirm k7m2qx")
            {
                Arguments = [Needs("code")],
            },
        ];

    private static CommandSpec[] ForThemselves() =>
        [
            new("me", Role.Member, "shows what is kept about you", "me"),
            new(
                "me pseudonym",
                Role.Member,
                "shows another name instead of yours, or yours again",
                "me pseudonym Nightowl"
            )
            {
                Arguments = [MayRest("name")],
            },
            new("me opt-out", Role.Member, "takes all you wrote off the story pages", "me opt-out"),
            new("me opt-in", Role.Member, "takes what you write from now on to the story pages again", "me opt-in"),
            new("me export", Role.Member, "hands you all that is kept about you", "me export"),
            new("me erase", Role.Member, "erases all that is kept about you, for good", "me erase") { Asks = true },
            new("me link", Role.Member, "joins your names on several platforms", "me link")
            {
                Arguments = [May("code")],
            },
            new("me unlink", Role.Member, "parts your names on several platforms again", "me unlink discord")
            {
                Arguments = [MayRest("name")],
            },
        ];

    private static CommandSpec[] ForModerators() =>
        [
            new("hide", Role.Moderator, "hides a comment on its story's page", "hide 12#3")
            {
                Arguments = [Needs("comment")],
                Options = [Reason],
                Asks = true,
            },
            new("show", Role.Moderator, "shows a hidden comment again", "show 12#3")
            {
                Arguments = [Needs("comment")],
                Options = [Reason],
                Asks = true,
            },
            new("lock", Role.Moderator, "lets nobody add to a story's comments", "lock 12")
            {
                Arguments = [NeedsRest("story")],
                Options = [Reason],
                Asks = true,
            },
            new("unlock", Role.Moderator, "opens a story's comments again", "unlock 12")
            {
                Arguments = [NeedsRest("story")],
                Options = [Reason],
                Asks = true,
            },
            new("mute", Role.Moderator, "lets a member write no comments for a while", "mute \"Jo Doe\" 2 hours")
            {
                Arguments = [Needs("name"), NeedsRest("duration")],
                Options = [Reason],
                Asks = true,
            },
            new("unmute", Role.Moderator, "lets a muted member write again", "unmute \"Jo Doe\"")
            {
                Arguments = [NeedsRest("name")],
                Options = [Reason],
                Asks = true,
            },
            new("merge", Role.Moderator, "points one story at another that tells the same", "merge 13 12")
            {
                Arguments = [Needs("loser"), Needs("winner")],
                Options = [Reason],
                Asks = true,
            },
            new("unmerge", Role.Moderator, "parts a merged story from the other again", "unmerge 13")
            {
                Arguments = [Needs("story")],
                Options = [Reason],
                Asks = true,
            },
            new("split", Role.Moderator, "makes one report a story of its own", "split 12 https://example.org/article")
            {
                Arguments = [Needs("story"), Needs("entry-url")],
                Options = [Reason],
                Asks = true,
            },
        ];

    private static CommandSpec[] ForWords() =>
        [
            new("review", Role.Moderator, "lists what waits for a moderator, or decides about one", "review 12#3 show")
            {
                Arguments = [May("comment"), May("decision", "show", "keep", "mute")],
                Options = [Reason],
            },
            new("words list", Role.Moderator, "lists the words that hold a reply back", "words list"),
            new(
                "words add",
                Role.Moderator,
                "holds back replies with this word until a moderator shows them",
                "words add viagra"
            )
            {
                Note = "`words add link:example.org` holds back replies with a link to that site.",
                Arguments = [NeedsRest("word")],
                Asks = true,
            },
            new("words remove", Role.Moderator, "lets replies with this word through again", "words remove viagra")
            {
                Arguments = [NeedsRest("word")],
                Asks = true,
            },
            new(
                "words links",
                Role.Moderator,
                "says whether replies with links wait for a moderator",
                "words links hold-new-members"
            )
            {
                Arguments = [Needs("links", "let-through", "hold-new-members", "hold-all")],
                Asks = true,
            },
        ];
}
