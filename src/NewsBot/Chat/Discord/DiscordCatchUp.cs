using System.Collections.Concurrent;
using System.Net;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Reads what was written while nobody listened. What is to be read stands in the database, so a crash only means going on
/// with the rest. That something is not there proves nothing: only Discord's word that a message is unknown does.
/// </summary>
internal sealed partial class DiscordCatchUp(
    Database database,
    DiscordRest rest,
    DiscordReplies replies,
    DiscordThreadLife threads,
    DiscordTracking tracking,
    DiscordHistory history,
    DiscordGuilds guilds,
    DiscordState state,
    [FromKeyedServices(ChatRereads.Discord)] ChatRereads rereads,
    TimeProvider time,
    ILogger<DiscordCatchUp> logger
)
{
    // What has been quiet for longer is not read again.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    // A place that refuses is asked again after this: refused calls are counted by Discord, and too many lead to a ban.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(2);

    // Sorted together before they are taken, so that numbers follow time over all threads of a story; about 20 MB.
    private const int MaxCollected = 5_000;

    private const int UnknownChannel = 10_003;

    private const string Flag = """
        UPDATE thread SET caught_up_at = NULL WHERE @Channel IS NULL AND active_at >= @Since AND state <> 'gone';
        UPDATE thread SET caught_up_at = NULL, active_at = MAX(active_at, @Now)
        WHERE external_id = @Thread AND state <> 'gone'
          AND channel_id IN (
            SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id WHERE w.platform = 'discord');
        UPDATE channel SET caught_up_at = NULL
        WHERE (@Channel IS NULL OR external_id = @Channel)
          AND workspace_id IN (SELECT id FROM workspace WHERE platform = 'discord');
        """;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);
    private int _round;

    /// <summary>Whether an event was given up, so that the next run reads everything of the last month.</summary>
    public bool IsBehind { get; set; }

    /// <summary>Says that events were missed, so that everything of the last month is to be read again.</summary>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public Task FlagAsync(CancellationToken cancellationToken) => FlagAsync(null, null, cancellationToken);

    /// <summary>Says that something could not be placed.</summary>
    /// <param name="channel">What is to be read again, with the threads newly found in it; null for everything of the last month.</param>
    /// <param name="thread">Which thread of it is to be read again as well; null for none.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public Task FlagAsync(Snowflake? channel, Snowflake? thread, CancellationToken cancellationToken)
    {
        // First this, then the rows: what is being read now is read again rather than marked as done.
        Interlocked.Increment(ref _round);
        if (channel is null)
        {
            // A change of what is allowed may be among what was missed.
            _notBefore.Clear();
        }

        var now = time.GetUtcNow();
        var parameters = new
        {
            Channel = channel?.ToString(),
            Thread = thread?.ToString(),
            Now = now.Ms(),
            Since = (now - Reach).Ms(),
        };
        return database.WriteAsync(connection => (Task)connection.ExecuteAsync(Flag, parameters), cancellationToken);
    }

    /// <summary>Reads everything that is to be read.</summary>
    /// <exception cref="DiscordException">The token is refused.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (IsBehind)
        {
            IsBehind = false;
            await FlagAsync(cancellationToken);
        }

        await rereads.FlagAsync(cancellationToken);
        await LoadGuildsAsync(cancellationToken);
        var channels = Due(await history.ChannelsAsync(cancellationToken));
        if (channels.Count > 0)
        {
            await DiscoverAsync(channels, cancellationToken);
        }

        var places = Due(await history.ThreadsAsync(time.GetUtcNow() - Reach, cancellationToken));
        places = [.. places, .. channels];
        if (places.Count == 0)
        {
            return;
        }

        rereads.SetReading(true);
        try
        {
            await ReadAsync(places, cancellationToken);
        }
        finally
        {
            rereads.SetReading(false);
            state.CatchUp = null;
        }
    }

    private async Task ReadAsync(IReadOnlyList<ReadPlace> places, CancellationToken cancellationToken)
    {
        var round = Volatile.Read(ref _round);
        var collected = new Collected();
        foreach (var (done, place) in places.Index())
        {
            state.CatchUp = new CatchUpProgress(done, places.Count);
            await ReadAsync(place, collected, cancellationToken);
            if (collected.Messages.Count >= MaxCollected)
            {
                await TakeAsync(collected, round, cancellationToken);
                collected = new Collected();
            }
        }

        await TakeAsync(collected, round, cancellationToken);
    }

    /// <summary>Asks the guilds that told nothing of themselves: those of a session that was continued.</summary>
    private async Task LoadGuildsAsync(CancellationToken cancellationToken)
    {
        if (!state.HasSettled)
        {
            return;
        }

        foreach (var guild in (await history.GuildsAsync(cancellationToken)).Where(guild => !guilds.Knows(guild)))
        {
            if (!_notBefore.TryGetValue(guild.ToString(), out var until) || until <= time.GetUtcNow())
            {
                await TryAsync(guild.ToString(), () => history.LoadAsync(guild, cancellationToken));
            }
        }
    }

    /// <summary>Finds threads that people opened at our cards meanwhile.</summary>
    private async Task DiscoverAsync(IReadOnlyList<ReadPlace> channels, CancellationToken cancellationToken)
    {
        foreach (var guild in channels.Select(channel => channel.Guild).Distinct())
        {
            await TryAsync(
                guild.ToString(),
                async () =>
                    await threads.KeepAsync(
                        (await rest.GetActiveThreadsAsync(guild, cancellationToken)).Threads,
                        cancellationToken
                    )
            );
        }

        foreach (var channel in channels)
        {
            await TryAsync(
                channel.Key,
                async () =>
                    await threads.KeepAsync(
                        (await rest.GetArchivedThreadsAsync(channel.Id, null, 100, cancellationToken)).Threads,
                        cancellationToken
                    )
            );
        }
    }

    private async Task ReadAsync(ReadPlace place, Collected collected, CancellationToken cancellationToken)
    {
        List<Message> messages = [];
        if (place.Thread is not null)
        {
            // What comes after the reading only the gateway tells. Of a post in a forum it told before a restart, say, when
            // nobody knew yet that it was a card. First this, so that nothing falls between.
            tracking.AddThread(place.Id.Value, place.Parent.Value);
        }

        var isRead = await TryAsync(
            place.Key,
            async () =>
            {
                messages.AddRange(await history.ReadAsync(place, cancellationToken));
                await DeleteAsync(place, messages, cancellationToken);
            },
            error => error.Code == UnknownChannel ? VanishedAsync(place, cancellationToken) : Task.CompletedTask
        );
        if (isRead)
        {
            collected.Messages.AddRange(messages.Select(message => (place.Guild, message)));
            collected.Places.Add((place, messages.Count == 0 ? null : messages.Max(message => message.Id)));
        }
    }

    /// <summary>Asks for each comment that should be there and is not.</summary>
    private async Task DeleteAsync(ReadPlace place, List<Message> messages, CancellationToken cancellationToken)
    {
        var missing = await history.MissingAsync(place, messages, cancellationToken);
        List<Snowflake> gone = [];
        foreach (var id in missing)
        {
            const int UnknownMessage = 10_008;
            try
            {
                messages.Add(await rest.GetMessageAsync(place.Id, id, cancellationToken));
            }
            catch (DiscordException error) when (error.Code == UnknownMessage)
            {
                gone.Add(id);
            }
        }

        if (gone.Count > 0)
        {
            await replies.DeleteAsync(place.Id, gone, cancellationToken);
        }
    }

    /// <summary>A thread that is unknown in a channel we can see was deleted.</summary>
    private async Task VanishedAsync(ReadPlace place, CancellationToken cancellationToken)
    {
        if (place.Thread is null)
        {
            return;
        }

        try
        {
            await rest.GetChannelAsync(place.Parent, cancellationToken);
            await threads.DeleteAsync(place.Id, cancellationToken);
        }
        catch (DiscordException error) when (error.Status != HttpStatusCode.Unauthorized)
        {
            // The channel cannot be seen either, so nothing is proven.
            LogRefused(place.Key, error.Message);
        }
    }

    private async Task TakeAsync(Collected collected, int round, CancellationToken cancellationToken)
    {
        HashSet<Snowflake> unfinished = [];
        foreach (
            var (guild, message) in collected
                .Messages.OrderBy(pair => pair.Message.Id)
                .DistinctBy(pair => pair.Message.Id)
        )
        {
            try
            {
                var known = await history.WithMemberAsync(guild, message, cancellationToken);
                await replies.TakeAsync(known, isReadAnew: true, cancellationToken);
            }
            catch (ReplyTooEarlyException)
            {
                unfinished.Add(message.ChannelId);
            }
        }

        var now = time.GetUtcNow();
        await database.WriteAsync(
            async connection =>
            {
                foreach (var (place, newest) in collected.Places.Where(read => !unfinished.Contains(read.Place.Id)))
                {
                    // A new session meanwhile means that more may have been missed.
                    if (round == Volatile.Read(ref _round))
                    {
                        await DiscordHistory.SaveAsync(connection, place, newest, now);
                    }
                }
            },
            cancellationToken
        );
    }

    private async Task<bool> TryAsync(string key, Func<Task> work, Func<DiscordException, Task>? onRefusal = null)
    {
        var round = Volatile.Read(ref _round);
        try
        {
            await work();
            _notBefore.TryRemove(key, out _);
            return true;
        }
        catch (DiscordException error) when (error.Status != HttpStatusCode.Unauthorized)
        {
            // What was asked for before something was missed says nothing of what is allowed now.
            var isRefused =
                error.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
                && round == Volatile.Read(ref _round);
            _notBefore[key] = time.GetUtcNow() + (isRefused ? AfterRefusal : AfterFailure);
            LogRefused(key, error.Message);
            await (onRefusal?.Invoke(error) ?? Task.CompletedTask);
            return false;
        }
    }

    private IReadOnlyList<ReadPlace> Due(IReadOnlyList<ReadPlace> places)
    {
        // A guild that tells nothing of itself is in an outage, or we are out of it: either way nothing is read.
        return
        [
            .. places.Where(place =>
                guilds.Knows(place.Guild)
                && (!_notBefore.TryGetValue(place.Key, out var until) || until <= time.GetUtcNow())
            ),
        ];
    }

    [LoggerMessage(LogLevel.Warning, "Catching up with {Place} in Discord has to wait: {Reason}")]
    private partial void LogRefused(string place, string reason);

    private sealed class Collected
    {
        public List<(Snowflake Guild, Message Message)> Messages { get; } = [];
        public List<(ReadPlace Place, Snowflake? Newest)> Places { get; } = [];
    }
}
