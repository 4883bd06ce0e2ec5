using System.Collections.Concurrent;
using Dapper;
using NewsBot.Clients.Discord;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Decides which guild is checked when: at start, every night, an hour after trouble, and soon after somebody turned a
/// switch.
/// </summary>
internal sealed class DiscordCheckRounds(DiscordCheck check, Database database, TimeProvider time) : IDisposable
{
    // Night in Europe and America's small hours; each guild has its own minute in it.
    private static readonly TimeSpan NightStarts = TimeSpan.FromHours(3);
    private static readonly TimeSpan NightLasts = TimeSpan.FromHours(2);

    // Somebody who mends a set-up turns several switches in a row.
    private static readonly TimeSpan AfterSwitch = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterSilence = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromHours(1);

    private const string Guilds = """
        SELECT w.external_id AS Guild, (
            SELECT MAX(t.since) FROM trouble t WHERE t.workspace_id = w.id AND t.told_at IS NULL) AS UntoldSince
        FROM workspace w WHERE w.platform = 'discord' AND w.removed_at IS NULL
        """;

    private readonly ConcurrentDictionary<Snowflake, Turn> _turns = new();
    private readonly SemaphoreSlim _round = new(1, 1);

    public void Dispose() => _round.Dispose();

    /// <summary>Says that a guild's channels, roles or the bot's place in it changed: it is looked at soon.</summary>
    public void Wake(Snowflake guild)
    {
        var soon = time.GetUtcNow() + AfterSwitch;
        _turns.AddOrUpdate(guild, new Turn(null, soon), (_, turn) => Sooner(turn, soon));
    }

    // However often switches are turned, there is some time between two looks.
    private static Turn Sooner(Turn turn, DateTimeOffset soon)
    {
        var next = turn.Last is { } last && last + AfterRefusal > soon ? last + AfterRefusal : soon;
        return turn.Next <= next ? turn : turn with { Next = next };
    }

    /// <summary>Checks every guild whose turn it is; one round at a time.</summary>
    /// <param name="cancellationToken">Stops between two guilds.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _round.WaitAsync(cancellationToken);
        try
        {
            await CheckDueAsync(cancellationToken);
        }
        finally
        {
            _round.Release();
        }
    }

    private async Task CheckDueAsync(CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(connection => connection.QueryAsync<GuildRow>(Guilds), cancellationToken);
        foreach (var row in rows)
        {
            if (Snowflake.TryParse(row.Guild, out var guild) && IsDue(guild, Instants.At(row.UntoldSince)))
            {
                await CheckAsync(guild, cancellationToken);
            }
        }
    }

    /// <summary>When a guild where all is well is looked at again.</summary>
    /// <param name="now">The time of the check.</param>
    /// <param name="guild">Which.</param>
    public static DateTimeOffset NextNight(DateTimeOffset now, Snowflake guild)
    {
        var jitter = TimeSpan.FromSeconds(guild.Value / (1 << 22) % (ulong)NightLasts.TotalSeconds);
        var next = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + NightStarts + jitter;
        return next > now ? next : next.AddDays(1);
    }

    // A channel that was parked since the last look is looked at, to tell the admins why.
    private bool IsDue(Snowflake guild, DateTimeOffset? untoldSince)
    {
        var now = time.GetUtcNow();
        return !_turns.TryGetValue(guild, out var turn)
            || turn.Next <= now
            || (
                untoldSince is { } since && (turn.Last is not { } last || (since > last && last + AfterRefusal <= now))
            );
    }

    private async Task CheckAsync(Snowflake guild, CancellationToken cancellationToken)
    {
        var before = _turns.GetValueOrDefault(guild);
        var outcome = await check.RunAsync(guild, cancellationToken);
        var now = time.GetUtcNow();
        var next = outcome switch
        {
            DiscordCheckOutcome.Troubled => now + AfterTrouble,
            DiscordCheckOutcome.Unreachable => now + AfterSilence,
            _ => NextNight(now, guild),
        };
        // A switch that was turned during the check is looked at after it.
        _turns.AddOrUpdate(
            guild,
            new Turn(now, next),
            (_, turn) => turn == before ? new Turn(now, next) : turn with { Last = now }
        );
    }

    private sealed record Turn(DateTimeOffset? Last, DateTimeOffset Next);

    private sealed class GuildRow
    {
        public required string Guild { get; init; }
        public long? UntoldSince { get; init; }
    }
}
