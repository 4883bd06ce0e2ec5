using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Commands;
using NewsBot.Core.Channels;
using NewsBot.Core.Commands;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Tests.Communities;

/// <summary>Every door there is: pages, API, feeds, commands, suggestions, digests, notices, audit, exports, files by id.</summary>
internal static class CrossingDoors
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static IReadOnlyList<CrossingDoor> All { get; } =
    [.. Pages(), .. OtherSidesAddresses(), .. Commands(), .. Suggestions(), .. Chats(), .. Kept()];

    // Lists of this server are those of its own community; whoever is of another one is a stranger there.
    private static IEnumerable<CrossingDoor> Pages()
    {
        string[] own =
        [
            "/",
            "/feed.atom",
            "/search?q=lantern",
            "/status",
            "/about",
            "/chat/Amberhall",
            "/chat/Ambercellar",
            "/api/v1/channels",
            "/api/v1/stories",
            "/api/v1/stories?q=lantern",
            "/api/v1/channels/1000/messages",
        ];
        return own.Select(path => new CrossingDoor(
            $"page {path}",
            async (world, side) =>
                (await GetAsync(world, side, path, side == CrossingWorld.Amber && path is not "/about")).Replace(
                    "Ambercellar",
                    side == CrossingWorld.Amber ? "Ambercellar" : "",
                    StringComparison.Ordinal
                )
        ));
    }

    private static IEnumerable<CrossingDoor> OtherSidesAddresses()
    {
        string[] others =
        [
            "/stories/{1}",
            "/stories/{1}/comments/1",
            "/stories/{1}/comments.atom",
            "/stories/{1}?fragment=comments",
            "/members/{2}",
            "/pictures/{1}",
            "/pictures/{1}/small",
            "/pictures/{1}/jpeg",
            "/pictures/{1}/jpeg?key=",
            "/attachments/{0}",
            "/api/v1/stories/{1}",
            "/api/v1/stories/{1}/comments",
            "/api/v1/channels/{1}/messages",
            "/?channel={w}cellar",
            "/feed.atom?channel={w}cellar",
            "/chat/{w}cellar",
        ];
        return others.Select(path => new CrossingDoor(
            $"other side's {path}",
            async (world, side) =>
            {
                var n = side.Other.Base;
                var asked = path.Replace("{0}", Text(n), StringComparison.Ordinal)
                    .Replace("{1}", Text(n + 1), StringComparison.Ordinal)
                    .Replace("{2}", Text(n + 2), StringComparison.Ordinal)
                    .Replace("{w}", side.Other.Word, StringComparison.Ordinal);
                var text = await GetAsync(world, side, asked);
                // The name that was asked for may be repeated.
                return text.Replace($"{side.Other.Word}cellar", "", StringComparison.OrdinalIgnoreCase);
            }
        ));
    }

    private static IEnumerable<CrossingDoor> Commands()
    {
        (string Line, bool ShowsOwn)[] lines =
        [
            ("latest", true),
            ("top week", true),
            ("search lantern", true),
            ("story {own}", true),
            ("story {0}", false),
            ("story {1}", false),
            ("story lantern", true),
            ("why https://both.example/1", false),
            ("follow {0}", false),
            ("unfollow {1}", false),
            ("me", true),
            ("me export", true),
            ("list", true),
            ("edit source-{0} name Stolen", false),
            ("pause source-{1}", false),
            ("remove source-{1}", false),
            ("login clear source-{1}", false),
            ("filter show", true),
            ("filter show source-{0}", false),
            ("filter replay source-{0} lantern", false),
            ("template show source-{0}", false),
            ("export json", true),
            ("export opml", true),
            ("digest show", false),
            ("digest preview --channel channel-{0}", false),
            ("digest now --channel channel-{0}", false),
            ("channel list", true),
            ("channel publish public --channel channel-{1}", false),
            ("channel mirror collect --channel channel-{1}", false),
            ("status", true),
            ("audit 100", true),
            ("undo {0}", false),
            ("takedown {1}", false),
            ("role member-{0} member", false),
            ("token list", true),
            ("token create member-{0}", false),
            ("token revoke {0}", false),
            ("hide {0}#1", false),
            ("show {1}#1", false),
            ("lock {0}", false),
            ("merge {own} {0}", false),
            ("merge {0} {own}", false),
            ("unmerge {0}", false),
            ("split {0} https://both.example/1", false),
            ("mute member-{0} 1 hour", false),
            ("words list", true),
            ("community unlink", false),
        ];
        return lines.Select(line => new CrossingDoor(
            $"/news {line.Line}",
            async (world, side) =>
            {
                var asked = line
                    .Line.Replace("{own}", Text(side.Base), StringComparison.Ordinal)
                    .Replace("{0}", Text(side.Other.Base), StringComparison.Ordinal)
                    .Replace("{1}", Text(side.Other.Base + 1), StringComparison.Ordinal);
                var reply = await world
                    .Server.Services.GetRequiredService<RunCommand>()
                    .RunAsync(new CommandRequest(side.Admin, new ChannelId(side.Base), asked, Confirmed: false), Stop);
                return string.Join(
                    '\n',
                    [
                        reply.Markdown,
                        .. reply.Suggestions,
                        reply.File is { } file ? Encoding.UTF8.GetString(file.Bytes.Span) : "",
                    ]
                );
            },
            line.ShowsOwn
        ));
    }

    // Discord, Slack and the built-in chat all ask here, as the member their workspace says.
    private static IEnumerable<CrossingDoor> Suggestions()
    {
        (string Verb, string Place)[] places =
        [
            ("story", "story"),
            ("edit", "source"),
            ("hide", "comment"),
            ("show", "comment"),
            ("mute", "name"),
            ("words remove", "word"),
        ];
        return from one in places
            from typed in new[] { "", "lantern", "says" }
            select new CrossingDoor(
                $"suggestions for {one.Verb} {one.Place} “{typed}”",
                async (world, side) =>
                {
                    var found = await ActivatorUtilities
                        .CreateInstance<CommandSuggestions>(world.Server.Services)
                        .FindAsync(
                            Catalogue.Find(one.Verb.Split(' '))!,
                            one.Place,
                            typed,
                            side.Admin,
                            new ChannelId(side.Base),
                            new SuggestionLimits(25, 100, 100),
                            Stop
                        );
                    return string.Join('\n', found.Select(suggestion => $"{suggestion.Value} {suggestion.Label}"));
                },
                typed.Length == 0 && one.Verb is not "show"
            );
    }

    private static IEnumerable<CrossingDoor> Chats() =>
        [
            new(
                "the number and link of a message of the other side",
                (world, side) =>
                    world.Database.ReadAsync(
                        async connection =>
                        {
                            var workspace = await WorkspaceAsync(connection, side);
                            var found = await MessageTarget.FindAsync(
                                connection,
                                workspace,
                                new MessageKey(null, $"{side.Other.Base}01", null, side.Other.Base)
                            );
                            return $"{found.Headline} {found.Slug}";
                        },
                        Stop
                    )
            ),
            new(
                "the home of the app in Slack",
                async (world, side) =>
                {
                    var workspace = await world.Database.ReadAsync(
                        connection => WorkspaceAsync(connection, side),
                        Stop
                    );
                    var home = ActivatorUtilities.CreateInstance<SlackHome>(
                        world.Server.Services,
                        ActivatorUtilities.CreateInstance<AnswerLinks>(world.Server.Services)
                    );
                    var view = await home.BuildAsync(
                        new SlackAsker(
                            new SlackRoom($"T{side.Base}", workspace, null!),
                            side.Admin with
                            {
                                Id = new(side.Base + 1),
                            },
                            null
                        ),
                        new SlackFormState(),
                        Stop
                    );
                    return System.Text.Json.JsonSerializer.Serialize(view);
                },
                ShowsOwn: true
            ),
            new(
                "what the next digest of each channel says",
                async (world, side) =>
                {
                    var digests = world.Server.Services.GetRequiredService<DigestStore>();
                    var bodies = new List<PostBody>();
                    for (var channel = side.Base; channel < side.Base + 3; channel++)
                    {
                        bodies.AddRange(await digests.PreviewAsync(new ChannelId(channel), Stop));
                    }

                    return string.Join('\n', bodies.Select(PostBodies.Write));
                }
            ),
        ];

    // What lies in the database for a side's channels, people and pages.
    private static IEnumerable<CrossingDoor> Kept()
    {
        (string Name, string Sql)[] rows =
        [
            (
                "posts in a side's channels that still stand",
                """
                SELECT p.body FROM post p JOIN channel c ON c.id = p.channel_id WHERE c.community_id = @Community AND NOT EXISTS (
                    SELECT 1 FROM post d WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.operation = 'delete')
                """
            ),
            (
                "copies in a side's channels that still stand",
                """
                SELECT x.body FROM post p JOIN channel c ON c.id = p.channel_id JOIN comment x ON p.subject = 'comment:' || x.id
                WHERE c.community_id = @Community AND NOT EXISTS (
                    SELECT 1 FROM post d WHERE d.channel_id = p.channel_id AND d.subject = p.subject AND d.operation = 'delete')
                """
            ),
            (
                "private messages",
                "SELECT p.body FROM private_message p JOIN member m ON m.id = p.member_id WHERE m.community_id = @Community"
            ),
            (
                "audit",
                "SELECT target || COALESCE(before, '') || COALESCE(after, '') FROM audit WHERE community_id = @Community"
            ),
            ("words", "SELECT word FROM word WHERE community_id = @Community"),
            ("decisions", "SELECT detail FROM decision WHERE community_id = @Community"),
            (
                "comments, their authors and the reports of a side's stories",
                """
                SELECT c.body || COALESCE(c.author_name, '') || m.name FROM comment c JOIN story s ON s.id = c.story_id
                JOIN member m ON m.id = c.member_id WHERE s.community_id = @Community
                UNION ALL SELECT e.title || e.excerpt || o.name FROM story_entry x JOIN story s ON s.id = x.story_id
                JOIN entry e ON e.id = x.entry_id JOIN source o ON o.id = x.source_id WHERE s.community_id = @Community
                UNION ALL SELECT s.headline || s.summary_text || s.url FROM story s WHERE s.community_id = @Community
                """
            ),
            (
                "what people follow",
                "SELECT s.headline FROM follow f JOIN story s ON s.id = f.story_id JOIN member m ON m.id = f.member_id WHERE m.community_id = @Community"
            ),
            (
                "sources that a side's channels listen to",
                """
                SELECT s.name FROM subscription u JOIN source s ON s.id = u.source_id JOIN channel c ON c.id = u.channel_id
                WHERE c.community_id = @Community
                """
            ),
        ];
        return rows.Select(row => new CrossingDoor(
            $"kept: {row.Name}",
            async (world, side) =>
                string.Join(
                    '\n',
                    await world.Database.ReadAsync(
                        connection => connection.QueryAsync<string>(row.Sql, new { side.Community }),
                        Stop
                    )
                ),
            ShowsOwn: !row.Name.StartsWith("copies", StringComparison.Ordinal)
        ));
    }

    private static async Task<ChatWorkspace> WorkspaceAsync(
        Microsoft.Data.Sqlite.SqliteConnection connection,
        CrossingSide side
    ) => (await ChatPlaces.Slack.FindAsync(connection, $"T{side.Base}"))!;

    // A browser with the side's cookie and a program with its token in one: the cookie is only of use in the built-in chat.
    private static async Task<string> GetAsync(
        CrossingWorld world,
        CrossingSide side,
        string path,
        bool expectsAmber = false
    )
    {
        using var browser = world.Server.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = "news.example";
        request.Headers.Authorization = new("Bearer", side.Secret);
        request.Headers.Add("Cookie", $"newsbot={side.Secret}");
        using var answer = await browser.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        if (expectsAmber)
        {
            Assert.Contains("amber", text, StringComparison.OrdinalIgnoreCase);
        }

        return $"{answer.Headers.Location} {text}";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
