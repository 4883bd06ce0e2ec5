using Dapper;
using NewsBot.Storage;

namespace NewsBot.Chat.Slack;

/// <content>What is to be read.</content>
internal sealed partial class SlackCatchUp
{
    // An event that Slack has given up is told by nobody; cards that people talk about are looked at this often.
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(1);

    private const string Flag = """
        UPDATE thread SET caught_up_at = NULL
        WHERE active_at >= @Since AND state <> 'gone' AND channel_id IN (
            SELECT c.id FROM channel c JOIN workspace w ON w.id = c.workspace_id
            WHERE w.platform = 'slack' AND (@Channel IS NULL OR c.external_id = @Channel));
        UPDATE channel SET caught_up_at = NULL
        WHERE (@Channel IS NULL OR external_id = @Channel)
          AND workspace_id IN (SELECT id FROM workspace WHERE platform = 'slack');
        """;

    private const string Look = """
        UPDATE channel SET caught_up_at = NULL
        WHERE caught_up_at < @Before AND workspace_id IN (
            SELECT id FROM workspace WHERE platform = 'slack' AND external_id IN @Teams)
          AND EXISTS (
            SELECT 1 FROM post p WHERE p.channel_id = channel.id AND p.operation = 'create' AND p.sent_at >= @Since)
        """;

    private DateTimeOffset _lookAt;

    /// <summary>Says that events were missed.</summary>
    /// <param name="channel">Slack's id of what is to be read again, with its threads; null for everything of the last month.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public Task FlagAsync(string? channel, CancellationToken cancellationToken)
    {
        // First this, then the rows: what is being read now is read again rather than marked as done.
        Interlocked.Increment(ref _round);
        // A change of what is allowed may be among what was missed.
        _notBefore.Clear();
        var parameters = new { Channel = channel, Since = (time.GetUtcNow() - Reach).Ms() };
        return database.WriteAsync(connection => (Task)connection.ExecuteAsync(Flag, parameters), cancellationToken);
    }

    private async Task LookNowAndThenAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _lookAt)
        {
            return;
        }

        _lookAt = now + LookEvery / 4;
        var parameters = new
        {
            Before = (now - LookEvery).Ms(),
            Since = (now - LookBack).Ms(),
            Teams = Among.Of(
                installs.Known.Where(install => !install.Api.IsHistoryLimited).Select(install => install.Team)
            ),
        };
        await database.WriteAsync(connection => (Task)connection.ExecuteAsync(Look, parameters), cancellationToken);
    }
}
