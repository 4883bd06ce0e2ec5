using DiscordFaults = NewsBot.Testing.Servers.FakeDiscord.Faults;
using SlackFaults = NewsBot.Testing.Servers.FakeSlack.Faults;

namespace NewsBot.Testing.Crash;

/// <summary>Waits for one step of the program, to kill it there.</summary>
internal sealed class CrashTrap : IDisposable
{
    /// <summary>The exit code of what was killed.</summary>
    public const int KilledCode = 137;

    private readonly CrashWorld _world;
    private readonly CrashChatters _chatters;
    private readonly CrashStep _step;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _after;
    private readonly int _acknowledged;

    public CrashTrap(CrashWorld world, CrashChatters chatters, CrashStep step, Random random)
    {
        _world = world;
        _chatters = chatters;
        _step = step;
        var passed = random.Next(MostPassed(step.Work) + 1);
        _acknowledged = world.Slack.Delivery.Sockets.Acknowledged + passed;
        switch (step)
        {
            case CrashStep.Commit commit:
                Environment =
                [
                    ("DOTNET_STARTUP_HOOKS", typeof(CrashTrap).Assembly.Location),
                    (CommitHook.Statement, commit.Statement),
                    (CommitHook.Moment, commit.IsAfter ? "after" : "before"),
                    (CommitHook.Time, $"{1 + passed}"),
                ];
                break;
            case CrashStep.AtDiscord call:
                world.Discord.Faults.Add(
                    new DiscordFaults.FakeFaultRule(DiscordFaults.FakeFaultKind.Timeout)
                    {
                        Method = call.Method,
                        Route = call.Route,
                        AfterEffect = call.IsAfter,
                        After = passed,
                        Reached = _reached,
                    }
                );
                break;
            case CrashStep.AtSlack call:
                world.Slack.Faults.Add(
                    new SlackFaults.FakeFaultRule(SlackFaults.FakeFaultKind.Timeout)
                    {
                        Method = call.Method,
                        AfterEffect = call.IsAfter,
                        After = passed,
                        Reached = _reached,
                    }
                );
                break;
            case CrashStep.Answered:
                chatters.Answered = _reached;
                break;
            case CrashStep.AnyTime any:
                _after = TimeSpan.FromMilliseconds(random.Next(any.FromMs, any.ToMs));
                break;
            default:
                break;
        }
    }

    /// <summary>What the program has to find in its environment.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; } = [];

    /// <summary>Waits until the program is there, or has killed itself there.</summary>
    /// <param name="left">How long it may still take, asked again and again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where it did not come there.</returns>
    public async Task<bool> WaitAsync(Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        if (_step is CrashStep.AnyTime)
        {
            await Task.Delay(_after, TimeProvider.System, cancellationToken);
            return true;
        }

        var ended = _world.Process.EndedAsync(cancellationToken);
        while (left() > TimeSpan.Zero)
        {
            if (ended.IsCompleted)
            {
                return _step is CrashStep.Commit;
            }

            if (_reached.Task.IsCompleted || IsAcknowledged)
            {
                return true;
            }

            await Task.WhenAny(
                _reached.Task,
                ended,
                Task.Delay(
                    TimeSpan.FromMilliseconds(_step is CrashStep.Acknowledged ? 1 : 20),
                    TimeProvider.System,
                    cancellationToken
                )
            );
        }

        return false;
    }

    public void Dispose() => _chatters.Answered = null;

    // Not always the first of its kind: some have others behind them, and some are followed by much. But what happens once
    // in a world or once in a poll has none behind it, and changes are rare.
    private static int MostPassed(CrashWork work) =>
        (work & (CrashWork.First | CrashWork.Story | CrashWork.Digest)) != CrashWork.None ? 0
        : (work & (CrashWork.Edit | CrashWork.Delete)) != CrashWork.None ? 1
        : 2;

    private bool IsAcknowledged =>
        _step is CrashStep.Acknowledged && _world.Slack.Delivery.Sockets.Acknowledged > _acknowledged;
}
