using System.Collections.Concurrent;
using NewsBot.Clients.Slack.Objects;
using NewsBot.Clients.Slack.WebApi;

namespace NewsBot.Chat.Slack;

/// <summary>Names of channels that texts mention, kept for a while in memory.</summary>
internal sealed class SlackChannels(SlackInstalls installs, TimeProvider time)
{
    // Some hundred bytes each.
    private const int MaxKept = 5_000;

    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(6);

    // Replies do not wait for the name of a channel.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // A channel the bot is not shown stays so for a while.
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Team, string Channel), Kept> _kept = new();

    /// <returns>The name without "#"; null where it is not known, or not everybody may know of it.</returns>
    public async Task<string?> PublicNameAsync(string team, string channel, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue((team, channel), out var kept) && kept.Until > time.GetUtcNow())
        {
            return kept.Name;
        }

        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return
                await installs.ForTeamAsync(team, either.Token) is { } api
                && api.WaitFor(WebMethods.Info) == TimeSpan.Zero
                ? Keep(team, channel, await api.GetConversationAsync(channel, either.Token))
                : null;
        }
        catch (SlackException)
        {
            return Keep(team, channel, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Takes that a channel was renamed or became private: it is asked for anew.</summary>
    public void Forget(string team, string channel) => _kept.TryRemove((team, channel), out _);

    private string? Keep(string team, string channel, Conversation? found)
    {
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        var name = found is { IsPrivate: false, IsIm: false, IsMpim: false } ? found.Name : null;
        _kept[(team, channel)] = new Kept(name, time.GetUtcNow() + (found is null ? AskAgain : KeepFor));
        return name;
    }

    private sealed record Kept(string? Name, DateTimeOffset Until);
}
