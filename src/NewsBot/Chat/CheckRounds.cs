using System.Collections.Concurrent;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Chat;

/// <summary>
/// Decides which workspace is checked when: at start, every night, an hour after trouble, and soon after somebody turned
/// a switch.
/// </summary>
/// <typeparam name="TCheck">The check of one platform.</typeparam>
internal sealed class CheckRounds<TCheck>(TCheck check, Database database, TimeProvider time) : IDisposable
    where TCheck : IWorkspaceCheck
{
    // Night in Europe and America's small hours; each workspace has its own minute in it.
    private static readonly TimeSpan NightStarts = TimeSpan.FromHours(3);
    private static readonly TimeSpan NightLasts = TimeSpan.FromHours(2);

    // Somebody who mends a set-up turns several switches in a row.
    private static readonly TimeSpan AfterSwitch = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterSilence = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromHours(1);

    private const string Workspaces = """
        SELECT w.external_id AS Workspace, (
            SELECT MAX(t.since) FROM trouble t WHERE t.workspace_id = w.id AND t.told_at IS NULL) AS UntoldSince
        FROM workspace w WHERE w.platform = @Platform AND w.removed_at IS NULL
        """;

    private readonly ConcurrentDictionary<string, Turn> _turns = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _round = new(1, 1);

    public void Dispose() => _round.Dispose();

    /// <summary>Says that a workspace's channels, roles or the bot's place in it changed: it is looked at soon.</summary>
    public void Wake(string workspace)
    {
        var soon = time.GetUtcNow() + AfterSwitch;
        _turns.AddOrUpdate(workspace, new Turn(null, soon), (_, turn) => Sooner(turn, soon));
    }

    // However often switches are turned, there is some time between two looks.
    private static Turn Sooner(Turn turn, DateTimeOffset soon)
    {
        var next = turn.Last is { } last && last + AfterRefusal > soon ? last + AfterRefusal : soon;
        return turn.Next <= next ? turn : turn with { Next = next };
    }

    /// <summary>Checks every workspace whose turn it is; one round at a time.</summary>
    /// <param name="cancellationToken">Stops between two workspaces.</param>
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
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<WorkspaceRow>(Workspaces, new { check.Platform }),
            cancellationToken
        );
        var known = rows.AsList();
        // One that was left and comes back is looked at at once.
        foreach (var gone in _turns.Keys.Except(known.Select(row => row.Workspace), StringComparer.Ordinal))
        {
            _turns.TryRemove(gone, out _);
        }

        foreach (var row in known)
        {
            if (IsDue(row.Workspace, Instants.At(row.UntoldSince)))
            {
                await CheckAsync(row.Workspace, cancellationToken);
            }
        }
    }

    /// <summary>When a workspace where all is well is looked at again.</summary>
    /// <param name="now">The time of the check.</param>
    /// <param name="workspace">The platform's id of it.</param>
    public static DateTimeOffset NextNight(DateTimeOffset now, string workspace)
    {
        var jitter = TimeSpan.FromSeconds(StableHash.Of(workspace) % (uint)NightLasts.TotalSeconds);
        var next = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + NightStarts + jitter;
        return next > now ? next : next.AddDays(1);
    }

    // A channel that was parked since the last look is looked at, to tell the admins why.
    private bool IsDue(string workspace, DateTimeOffset? untoldSince)
    {
        var now = time.GetUtcNow();
        return !_turns.TryGetValue(workspace, out var turn)
            || turn.Next <= now
            || (
                untoldSince is { } since && (turn.Last is not { } last || (since > last && last + AfterRefusal <= now))
            );
    }

    private async Task CheckAsync(string workspace, CancellationToken cancellationToken)
    {
        var before = _turns.GetValueOrDefault(workspace);
        var outcome = await check.RunAsync(workspace, cancellationToken);
        var now = time.GetUtcNow();
        var next = outcome switch
        {
            CheckOutcome.Troubled => now + AfterTrouble,
            CheckOutcome.Unreachable => now + AfterSilence,
            _ => NextNight(now, workspace),
        };
        // A switch that was turned during the check is looked at after it.
        _turns.AddOrUpdate(
            workspace,
            new Turn(now, next),
            (_, turn) => turn == before ? new Turn(now, next) : turn with { Last = now }
        );
    }

    private sealed record Turn(DateTimeOffset? Last, DateTimeOffset Next);

    private sealed class WorkspaceRow
    {
        public required string Workspace { get; init; }
        public long? UntoldSince { get; init; }
    }
}
