using NewsBot.Clients.RateLimits;

namespace NewsBot.Clients.Slack.WebApi;

/// <summary>
/// Which limits a call falls under. Source: https://docs.slack.dev/apis/web-api/rate-limits, and each method's page.
/// </summary>
internal sealed class WebPlan(SlackPace pace, SlackHistoryMode mode)
{
    /// <summary>Messages a call may bring where histories are limited.</summary>
    public const int LimitedPage = 15;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, IReadOnlyList<PlannedLimit>> _byMethod = Tiers(pace);
    private readonly PlannedLimit _posts = new("posts", pace.PostsPerMinute, Minute);
    private volatile bool _isHistoryLimited = mode == SlackHistoryMode.Limited;

    public bool IsHistoryLimited => _isHistoryLimited;

    public static bool IsHistory(string method) => method is WebMethods.History or WebMethods.Replies;

    /// <summary>Slack refused a history as it does to limited apps.</summary>
    public void LimitHistory() => _isHistoryLimited |= mode == SlackHistoryMode.Auto;

    public IReadOnlyList<PlannedLimit> For(CallKind kind) =>
        kind.Route == WebMethods.PostMessage
            ? [new PlannedLimit($"post {kind.Major}", 1, pace.PostEvery) { Burst = pace.PostBurst }, _posts]
        : _isHistoryLimited && IsHistory(kind.Route) ? [new PlannedLimit($"{kind.Route} limited", 1, Minute)]
        : _byMethod.GetValueOrDefault(kind.Route, []);

    /// <summary>The limit that others share with the refused call; null where it was the call's own.</summary>
    public PlannedLimit? Shared(string method, TimeSpan wait) =>
        // A channel's own limit is over after a few messages' time; the workspace's lasts longer.
        method == WebMethods.PostMessage
        && wait > pace.PostEvery * (pace.PostBurst + 2)
            ? _posts
            : null;

    private static Dictionary<string, IReadOnlyList<PlannedLimit>> Tiers(SlackPace pace)
    {
        var tiers = new Dictionary<string, IReadOnlyList<PlannedLimit>>(StringComparer.Ordinal);
        Add(pace.Tier2PerMinute, WebMethods.List);
        Add(
            pace.Tier3PerMinute,
            WebMethods.TeamInfo,
            WebMethods.Info,
            WebMethods.Join,
            WebMethods.History,
            WebMethods.Replies,
            WebMethods.OpenConversation,
            WebMethods.Update,
            WebMethods.Delete,
            WebMethods.OpenSocket
        );
        Add(
            pace.Tier4PerMinute,
            WebMethods.PostEphemeral,
            WebMethods.UserInfo,
            WebMethods.OpenView,
            WebMethods.PushView,
            WebMethods.UpdateView,
            WebMethods.Access
        );
        Add(pace.SpecialPerMinute, WebMethods.AuthTest, WebMethods.Permalink);
        return tiers;

        void Add(int perMinute, params string[] methods)
        {
            foreach (var method in methods)
            {
                tiers[method] = [new PlannedLimit(method, perMinute, Minute)];
            }
        }
    }
}
