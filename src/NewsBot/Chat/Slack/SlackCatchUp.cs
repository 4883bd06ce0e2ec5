using System.Collections.Concurrent;
using NewsBot.Clients.Slack;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Channels;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <summary>
/// Reads what was written while nobody listened. What is to be read stands in the database, so a crash only means going on
/// with the rest. Events come first: history only repairs, and where Slack lets little of it be read, only what has moved
/// is read, one page a minute.
/// </summary>
internal sealed partial class SlackCatchUp(
    Database database,
    SlackInstalls installs,
    SlackReplies replies,
    SlackHistory history,
    SlackState state,
    [FromKeyedServices(ChatRereads.Slack)] ChatRereads rereads,
    TimeProvider time,
    ILogger<SlackCatchUp> logger
)
{
    // What has been quiet for longer is not read again.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(2);

    // What would have to wait longer for a limit is left for a later round, and others go first.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    // Sorted together before they are taken, so that numbers follow time over all threads of a story; about 20 MB.
    private const int MaxCollected = 5_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);
    private int _round;
    private volatile bool _isBehind;

    /// <summary>Whether events may have been missed, so that the next run reads everything of the last month.</summary>
    public bool IsBehind
    {
        get => _isBehind;
        set => _isBehind = value;
    }

    /// <summary>Reads everything that is to be read and may be by now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (IsBehind)
        {
            IsBehind = false;
            await FlagAsync(null, cancellationToken);
        }

        await rereads.FlagAsync(cancellationToken);
        await LookNowAndThenAsync(cancellationToken);
        var round = Volatile.Read(ref _round);
        var since = time.GetUtcNow() - Reach;
        var collected = new Collected();
        foreach (var channel in await history.ChannelsAsync(since, cancellationToken))
        {
            await TryAsync(
                channel,
                WebMethods.History,
                api => LookAsync(api, channel, collected, cancellationToken),
                cancellationToken
            );
        }

        await TakeAsync(collected, round, cancellationToken);
        var threads = await history.ThreadsAsync(since, cancellationToken);
        if (threads.Count == 0)
        {
            state.CatchUp = null;
            return;
        }

        rereads.SetReading(true);
        try
        {
            await ReadAsync(threads, round, cancellationToken);
        }
        finally
        {
            rereads.SetReading(false);
        }

        var left = (await history.ThreadsAsync(since, cancellationToken)).Count;
        state.CatchUp =
            left == 0 ? null : new CatchUpProgress(Math.Max(0, threads.Count - left), Math.Max(left, threads.Count));
    }

    private async Task ReadAsync(IReadOnlyList<SlackReadPlace> threads, int round, CancellationToken cancellationToken)
    {
        var collected = new Collected();
        foreach (var (done, thread) in threads.Index())
        {
            state.CatchUp = new CatchUpProgress(done, threads.Count);
            await TryAsync(
                thread,
                WebMethods.Replies,
                api => ReadAsync(api, thread, collected, cancellationToken),
                cancellationToken
            );
            if (collected.Messages.Count >= MaxCollected)
            {
                await TakeAsync(collected, round, cancellationToken);
                collected = new Collected();
            }
        }

        await TakeAsync(collected, round, cancellationToken);
    }

    private async Task LookAsync(
        SlackWebApi api,
        SlackReadPlace place,
        Collected collected,
        CancellationToken cancellationToken
    )
    {
        var facts = await api.GetConversationAsync(place.ChannelKey, cancellationToken);
        await database.WriteAsync(
            connection =>
                SlackChannelFacts.KeepAsync(connection, new ChannelId(place.Channel), facts, time.GetUtcNow()),
            cancellationToken
        );
        if (facts.IsMember)
        {
            await history.LookAsync(api, place, time.GetUtcNow(), cancellationToken);
        }

        collected.Places.Add((place, default));
    }

    private async Task ReadAsync(
        SlackWebApi api,
        SlackReadPlace place,
        Collected collected,
        CancellationToken cancellationToken
    )
    {
        var known = await history.KnownAsync(place, cancellationToken);
        try
        {
            var (messages, isWhole) = await SlackHistory.ReadAsync(api, place, cancellationToken);
            if (isWhole)
            {
                var there = messages.Select(message => message.Ts).ToHashSet();
                await DeleteAsync(api, place, known.Where(ts => !there.Contains(ts)), cancellationToken);
            }

            collected.Messages.AddRange(
                messages.Select(message => new SlackReply(place.Team, place.ChannelKey, message, false))
            );
            collected.Places.Add((place, messages.Count == 0 ? place.Seen : messages[^1].Ts));
        }
        catch (SlackException error) when (error.Code == "thread_not_found")
        {
            await VanishedAsync(api, place, cancellationToken);
        }
    }

    /// <summary>Asks for each comment that should be there and is not: that one page lacks it proves nothing.</summary>
    private async Task DeleteAsync(
        SlackWebApi api,
        SlackReadPlace place,
        IEnumerable<SlackTs> missing,
        CancellationToken cancellationToken
    )
    {
        List<SlackTs> gone = [];
        foreach (var ts in missing)
        {
            var query = new HistoryQuery(place.ChannelKey)
            {
                Oldest = ts,
                Latest = ts,
                Inclusive = true,
                Limit = 2,
            };
            // Where little may be read, the thread as a whole is the proof.
            var found = api.IsHistoryLimited ? null : await api.GetRepliesAsync(query, place.Ts, cancellationToken);
            if (found?.Messages.Any(message => message.Ts == ts) != true)
            {
                gone.Add(ts);
            }
        }

        if (gone.Count > 0)
        {
            await replies.DeleteAsync(place.ChannelKey, gone, cancellationToken);
        }
    }

    /// <summary>A thread that is unknown in a channel we are in was deleted with all that was in it.</summary>
    private async Task VanishedAsync(SlackWebApi api, SlackReadPlace place, CancellationToken cancellationToken)
    {
        if (await api.GetConversationAsync(place.ChannelKey, cancellationToken) is { IsMember: true })
        {
            await history.HideAsync(place, time.GetUtcNow(), cancellationToken);
        }
    }

    private async Task TakeAsync(Collected collected, int round, CancellationToken cancellationToken)
    {
        HashSet<string> unfinished = new(StringComparer.Ordinal);
        foreach (var reply in collected.Messages.OrderBy(reply => reply.Message.Ts))
        {
            try
            {
                await replies.TakeAsync(reply with { IsReadAnew = true }, cancellationToken);
            }
            catch (ReplyTooEarlyException)
            {
                unfinished.Add($"{reply.Channel}/{reply.Message.ThreadTs}");
            }
        }

        if (collected.Places.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                foreach (var (place, newest) in collected.Places.Where(read => !unfinished.Contains(read.Place.Key)))
                {
                    // A gap meanwhile means that more may have been missed.
                    if (round == Volatile.Read(ref _round))
                    {
                        await SlackHistory.SaveAsync(connection, place, newest, now);
                    }
                }
            },
            cancellationToken
        );
    }

    private async Task TryAsync(
        SlackReadPlace place,
        string method,
        Func<SlackWebApi, Task> work,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        if (_notBefore.TryGetValue(place.Key, out var until) && until > now)
        {
            return;
        }

        var round = Volatile.Read(ref _round);
        try
        {
            if (await installs.ForTeamAsync(place.Team, cancellationToken) is not { } api)
            {
                return;
            }

            if (api.WaitFor(method) <= LongestWait)
            {
                await work(api);
                _notBefore.TryRemove(place.Key, out _);
            }
        }
        catch (SlackException error)
        {
            await installs.NoticeAsync(place.Team, error, cancellationToken);
            _notBefore[place.Key] =
                now
                + (
                    // Where Slack says how long, it knows better.
                    error.RetryAfter
                    ?? (
                        error.Kind is SlackErrorKind.Temporary or SlackErrorKind.Other or SlackErrorKind.RateLimited
                        // What was asked for before something was missed says nothing of what is allowed now.
                        || round != Volatile.Read(ref _round)
                            ? AfterFailure
                            : AfterRefusal
                    )
                );
            LogRefused(place.Key, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Catching up with {Place} in Slack has to wait: {Reason}")]
    private partial void LogRefused(string place, string reason);

    private sealed class Collected
    {
        public List<SlackReply> Messages { get; } = [];
        public List<(SlackReadPlace Place, SlackTs Newest)> Places { get; } = [];
    }
}
