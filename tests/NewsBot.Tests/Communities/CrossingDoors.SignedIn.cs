using AngleSharp.Html.Dom;
using NewsBot.Tests.Pages;

namespace NewsBot.Tests.Communities;

internal static partial class CrossingDoors
{
    private static IReadOnlyList<string> Roles => ["member", "admin"];

    // Somebody signed in with Discord reads and uses what is their own, and what is the other's by its address.
    private static IEnumerable<CrossingDoor> SignedIn() =>
        [
            new("signed in: /me", (world, side) => AsMemberAsync(world, side, "/me"), ShowsOwn: true),
            new("signed in: /me of an admin", (world, side) => AsAdminAsync(world, side, "/me"), ShowsOwn: true),
            .. OwnForms(),
            .. OtherCommunitysForms(),
            .. Roles.SelectMany(OtherSideSignedIn),
            .. Roles.SelectMany(SearchSignedIn),
            .. RunForms(),
        ];

    // Forms offer what there is to choose from.
    private static IEnumerable<CrossingDoor> OwnForms()
    {
        (string Verb, bool IsOffered)[] forms =
        [
            ("", false),
            ("/edit", true),
            ("/pause", true),
            ("/filter-set", true),
            ("/channel-publish", true),
            ("/digest-discussion", true),
            ("/hide", true),
            ("/show", true),
            ("/mute", true),
            ("/role", true),
            ("/words-remove", true),
            ("/merge", true),
            ("/review", false),
            ("/audit", false),
        ];
        return forms.Select(form => new CrossingDoor(
            $"signed in: /settings{form.Verb}",
            (world, side) => AsAdminAsync(world, side, $"/settings{form.Verb}"),
            form.IsOffered,
            form.IsOffered ? true : null
        ));
    }

    // Whoever asks for the settings of a community that is not theirs is shown their own.
    private static IEnumerable<CrossingDoor> OtherCommunitysForms() =>
        new[]
        {
            ("/settings", "main"),
            ("/settings/edit", "main"),
            ("/settings/hide", "main"),
            ("/moderation", "#waiting"),
        }.Select(one => new CrossingDoor(
            $"signed in: {one.Item1} of the other community",
            (world, side) => PartOfPageAsync(world, side, $"{one.Item1}?community={side.Other.Community}", one.Item2),
            ShowsOwn: true
        ));

    private static IEnumerable<CrossingDoor> OtherSideSignedIn(string role)
    {
        (string Path, bool? WhileJoined)[] others =
        [
            ("/stories/{2}", true),
            ("/stories/{2}.md", true),
            ("/stories/{2}/comments.json", true),
            ("/stories/{2}/comments.atom", true),
            ("/stories/{2}/comments/1?fragment=quote", true),
            ("/stories/{2}?fragment=comments", true),
            ("/api/v1/stories/{2}", null),
            ("/api/v1/stories/{2}/comments", null),
            ("/stories/{1}", false),
            ("/stories/{1}.md", false),
            ("/stories/{1}/comments.json", false),
            ("/members/{2}", null),
            ("/attachments/{0}", null),
            ("/pictures/{1}", null),
        ];
        return others.Select(one => new CrossingDoor(
            $"other side's, to a signed-in {role}: {one.Path}",
            async (world, side) =>
            {
                var n = side.Other.Base;
                var path = one
                    .Path.Replace("{0}", Text(n), StringComparison.Ordinal)
                    .Replace("{1}", Text(n + 1), StringComparison.Ordinal)
                    .Replace("{2}", Text(n + 2), StringComparison.Ordinal);
                return await GetSignedInAsync(world, side, role, path);
            },
            WhileJoined: one.WhileJoined
        ));
    }

    private static IEnumerable<CrossingDoor> SearchSignedIn(string role)
    {
        string[] lists =
        [
            "/",
            "/feed.atom",
            "/search?q=lantern",
            "/api/v1/stories",
            "/api/v1/stories?q=lantern",
            "/status",
        ];
        return lists.Select(path => new CrossingDoor(
            $"page {path} to a signed-in {role}",
            (world, side) => GetSignedInAsync(world, side, role, path)
        ));
    }

    // What admins are shown of what was done, and how all is.
    private static IEnumerable<CrossingDoor> RunForms()
    {
        (string Verb, bool ShowsOwn, bool? WhileJoined)[] verbs =
        [
            ("status", true, true),
            ("audit", true, true),
            ("list", true, true),
            ("channel-list", true, true),
            ("words-list", true, true),
            ("token-list", true, true),
            ("review", true, true),
            ("export", true, true),
            ("digest-show", false, null),
        ];
        return
        [
            .. verbs.Select(one => new CrossingDoor(
                $"signed in: what /settings/{one.Verb} shows",
                (world, side) => SubmitAsync(world, side, $"/settings/{one.Verb}", "form.fields", "#answer"),
                one.ShowsOwn,
                one.WhileJoined
            )),
            new(
                "signed in: what waits on /moderation",
                (world, side) => PartOfPageAsync(world, side, "/moderation", "#waiting"),
                ShowsOwn: true,
                WhileJoined: true
            ),
        ];
    }

    private static Task<string> AsMemberAsync(CrossingWorld world, CrossingSide side, string path) =>
        GetSignedInAsync(world, side, "member", path);

    private static Task<string> AsAdminAsync(CrossingWorld world, CrossingSide side, string path) =>
        GetSignedInAsync(world, side, "admin", path);

    private static async Task<string> GetSignedInAsync(CrossingWorld world, CrossingSide side, string role, string path)
    {
        using var browser = SignedInBrowser(world, side, role);
        using var answer = await browser.GetAsync(path, Stop);
        return $"{answer.Headers.Location} {Inside(await answer.Content.ReadAsStringAsync(Stop))}";
    }

    private static async Task<string> PartOfPageAsync(CrossingWorld world, CrossingSide side, string path, string part)
    {
        using var browser = SignedInBrowser(world, side, "admin");
        var page = await world.Server.PageAsync(path, browser);
        return page.QuerySelector(part)!.OuterHtml;
    }

    private static async Task<string> SubmitAsync(
        CrossingWorld world,
        CrossingSide side,
        string path,
        string form,
        string part
    )
    {
        using var browser = SignedInBrowser(world, side, "admin");
        using var shown = await browser.GetAsync(path, Stop);
        // The form's own cookie is for TLS alone, which this browser does not speak.
        var proof = shown.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]);
        browser.DefaultRequestHeaders.Remove("Cookie");
        browser.DefaultRequestHeaders.Add(
            "Cookie",
            string.Join("; ", [$"__Host-newsbot-session={side.Session("admin")}", .. proof])
        );
        var page = await PageServer.ParseAsync(shown);
        using var answer = await PageServer.SubmitAsync(browser, (IHtmlFormElement)page.QuerySelector(form)!);
        return (await PageServer.ParseAsync(answer)).QuerySelector(part)!.OuterHtml;
    }

    private static HttpClient SignedInBrowser(CrossingWorld world, CrossingSide side, string role)
    {
        var browser = world.Server.Browser();
        browser.DefaultRequestHeaders.Host = "news.example";
        browser.DefaultRequestHeaders.Add("Cookie", $"__Host-newsbot-session={side.Session(role)}");
        return browser;
    }
}
