using NewsBot.Storage;

namespace NewsBot.Tests.Communities;

internal static partial class CrossingDoors
{
    // Lists of this server are those of its own community; whoever is of another one is a stranger there.
    private static IEnumerable<CrossingDoor> Pages()
    {
        (string Path, bool? WhileJoined)[] own =
        [
            ("/", true),
            ("/feed.atom", true),
            ("/search?q=lantern", true),
            ("/status", null),
            ("/about", null),
            ("/moderation", null),
            ("/chat/Amberhall", null),
            ("/chat/Ambercellar", null),
            ("/api/v1/channels", null),
            ("/api/v1/stories", true),
            ("/api/v1/stories?q=lantern", true),
            ("/api/v1/channels/1000/messages", null),
        ];
        return own.Select(one => new CrossingDoor(
            $"page {one.Path}",
            async (world, side) =>
            {
                var text = await GetAsync(world, side, one.Path);
                if (side == CrossingWorld.Amber && one.Path is not "/about")
                {
                    Assert.Contains(side.Word, text, StringComparison.OrdinalIgnoreCase);
                }

                return side == CrossingWorld.Amber ? text : text.Replace("Ambercellar", "", StringComparison.Ordinal);
            },
            WhileJoined: one.WhileJoined
        ));
    }

    private static IEnumerable<CrossingDoor> OtherSidesAddresses()
    {
        string[] others =
        [
            "/stories/{1}",
            "/stories/{1}/comments/1",
            "/stories/{1}/comments.atom",
            "/stories/{1}/comments.json",
            "/stories/{1}.md",
            "/stories/{1}?fragment=comments",
            "/stories/{1}/comments/1?fragment=quote",
            "/stories/{2}",
            "/stories/{2}.md",
            "/stories/{2}/comments.json",
            "/stories/{2}/comments.atom",
            "/api/v1/stories/{2}/comments",
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

    // What search engines may list is listed by community, whoever asks.
    private static IEnumerable<CrossingDoor> Crawlers() =>
        [
            new(
                "a community's sitemap",
                (world, side) => GetAsync(world, side, $"/sitemaps/{world.CommunityOf(side)}-1.xml"),
                ShowsOwn: true,
                WhileJoined: true
            ),
            new("the list of sitemaps", (world, side) => GetAsync(world, side, "/sitemap.xml")),
            new("robots.txt", (world, side) => GetAsync(world, side, "/robots.txt")),
        ];

    // What both wrote about goes on on both sides, in every form.
    private static IEnumerable<CrossingDoor> SharedDiscussion()
    {
        string[] forms =
        [
            "",
            ".md",
            "/comments.json",
            "/comments.atom",
            "?fragment=comments",
            "/comments/1?fragment=quote",
        ];
        return forms.Select(form => new CrossingDoor(
            $"the discussion of both {form}",
            async (world, side) =>
            {
                var id = await world.Database.ReadAsync(
                    connection => StoryTwins.ResolveAsync(connection, 3_000, world.CommunityOf(side)),
                    Stop
                );
                var text = await GetAsync(world, side, $"/stories/{Text(id)}{form}");
                if (world.HasParted && !form.Contains("quote", StringComparison.Ordinal))
                {
                    Assert.Contains($"{side.Word} ", text, StringComparison.Ordinal);
                }

                return Inside(text);
            },
            WhileJoined: form.Contains("quote", StringComparison.Ordinal) ? null : true
        ));
    }

    // Around every page stand the name of this server's own community and of who looks, beside a story the newest ones.
    private static string Inside(string text)
    {
        var from = text.IndexOf("<main", StringComparison.Ordinal);
        var inside = from < 0 ? text : text[from..text.IndexOf("</main>", StringComparison.Ordinal)];
        var aside = inside.IndexOf("<aside", StringComparison.Ordinal);
        return aside < 0 ? inside : inside[..aside];
    }
}
