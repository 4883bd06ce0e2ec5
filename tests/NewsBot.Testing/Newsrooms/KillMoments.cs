using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using DiscordFaults = NewsBot.Testing.Servers.FakeDiscord.Faults;
using SlackFaults = NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Testing.Newsrooms;

/// <summary>
/// Moments at which a newsroom is killed: any, or the one at which a platform has done what it was asked to and nobody has
/// written that down yet.
/// </summary>
internal static class KillMoments
{
    // Where nothing of the kind is asked for, it is killed all the same.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly (string Method, string Route)[] Calls =
    [
        ("POST", "/webhooks/{webhook}/{token}"),
        ("PATCH", "/webhooks/{webhook}/{token}/messages/{message}"),
        ("DELETE", "/webhooks/{webhook}/{token}/messages/{message}"),
        ("POST", "/channels/{channel}/webhooks"),
        ("POST", "/channels/{channel}/messages"),
        ("POST", "/channels/{channel}/messages/{message}/threads"),
        ("POST", "/channels/{channel}/threads"),
    ];

    private static readonly string[] Methods = ["chat.postMessage", "chat.update", "chat.delete"];

    /// <summary>Somewhere within a second and a half.</summary>
    public static Moment Any(Random random)
    {
        var after = TimeSpan.FromMilliseconds(random.Next(1_500));
        return new Moment($"after {after.TotalMilliseconds:0} ms", () => Task.Delay(after, TimeProvider.System));
    }

    /// <summary>When Discord has taken something and its answer is on its way.</summary>
    public static Moment InDiscord(FakeDiscordServer discord, Random random)
    {
        var (method, route) = Calls[random.Next(Calls.Length)];
        return new Moment(
            $"while Discord answers {method} {route}",
            () =>
            {
                var rule = new DiscordFaults.FakeFaultRule(DiscordFaults.FakeFaultKind.Timeout)
                {
                    Method = method,
                    Route = route,
                    AfterEffect = true,
                };
                discord.Faults.Add(rule);
                return TakenAsync(() => !discord.Faults.Pending.Contains(rule));
            }
        );
    }

    /// <summary>When Slack has taken something and its answer is on its way.</summary>
    public static Moment InSlack(FakeSlackServer slack, Random random)
    {
        var method = Methods[random.Next(Methods.Length)];
        return new Moment(
            $"while Slack answers {method}",
            () =>
            {
                var rule = new SlackFaults.FakeFaultRule(SlackFaults.FakeFaultKind.Timeout)
                {
                    Method = method,
                    AfterEffect = true,
                };
                slack.Faults.Add(rule);
                return TakenAsync(() => !slack.Faults.Pending.Contains(rule));
            }
        );
    }

    private static async Task TakenAsync(Func<bool> isTaken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!isTaken() && TimeProvider.System.GetElapsedTime(begin) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }
}

/// <summary>A moment to come.</summary>
/// <param name="Words">When that is.</param>
/// <param name="ComesAsync">Returns when it is there.</param>
public sealed record Moment(string Words, Func<Task> ComesAsync);
