using System.Globalization;
using NewsBot.Chat;

namespace NewsBot.Tests.Communities;

/// <summary>
/// Every door there is: pages, API, feeds, sessions, forms, commands, suggestions, digests, notices, audit, exports, files by id.
/// </summary>
internal static partial class CrossingDoors
{
    public static IReadOnlyList<CrossingDoor> All { get; } =
    [
        .. Pages(),
        .. OtherSidesAddresses(),
        .. Crawlers(),
        .. SharedDiscussion(),
        .. SignedIn(),
        .. Commands(),
        .. Suggestions(),
        .. Chats(),
        .. Kept(),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<ChatWorkspace> WorkspaceAsync(
        System.Data.Common.DbConnection connection,
        CrossingSide side
    ) => (await ChatPlaces.Slack.FindAsync(connection, $"T{side.Base}"))!;

    // A browser with the side's cookie and a program with its token in one: the cookie is only of use in the built-in chat.
    private static async Task<string> GetAsync(CrossingWorld world, CrossingSide side, string path)
    {
        using var browser = world.Server.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = "news.example";
        request.Headers.Authorization = new("Bearer", side.Secret);
        request.Headers.Add("Cookie", $"newsbot={side.Secret}");
        using var answer = await browser.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return $"{answer.Headers.Location} {text}";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
