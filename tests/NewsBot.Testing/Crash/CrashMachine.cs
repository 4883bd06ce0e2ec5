using System.Globalization;
using NewsBot.Testing.Checking;

namespace NewsBot.Testing.Crash;

/// <summary>
/// Kills the program at every step of the catalogue, again and again, in one world, while people talk; then lets it come to
/// rest and has it checked. After each kill the database as it lies there is looked at too.
/// </summary>
/// <param name="seed">Any number; it decides the world, the steps and what people do.</param>
/// <param name="tally">Counts.</param>
/// <param name="say">Hears of failures.</param>
internal sealed class CrashMachine(int seed, CrashTally tally, Action<string> say)
{
    // Most steps come within a second of the first answer; what does not come is not waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // As many things people do at any rate; what is said has to be copied to all sides. After them they do only what the
    // step needs, until it comes.
    private const int Chatter = 3;

    // A start takes a second or two; a machine with much else to do needs more.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    // What a pause of the outbox or a retry of Slack can take, and more.
    private static readonly TimeSpan RestPatience = TimeSpan.FromMinutes(3);

    private readonly Random _random = new(seed);
    private readonly NumberMemory _numbers = new();
    private readonly List<string> _did = [];
    private long? _readyAt;

    /// <summary>Kills it at these steps, one after the other.</summary>
    /// <param name="steps">In this order.</param>
    /// <param name="killed">Called after each kill, with how many there were in all.</param>
    /// <param name="cancellationToken">Stops between two kills.</param>
    public async Task RunAsync(IReadOnlyList<CrashStep> steps, Action<int> killed, CancellationToken cancellationToken)
    {
        var wishes = CrashWishes.Of(seed);
        await using var world = await CrashWorld.StartAsync(wishes, cancellationToken);
        var people = new CrashPeople(world, _random);
        var chatters = new CrashChatters(world, people, _random);
        for (var i = 0; i < 4; i++)
        {
            people.Tell();
        }

        foreach (var step in steps)
        {
            var isHit = await KillAsync(world, people, chatters, step, cancellationToken);
            Report(world.Glance(people.Account, _numbers));
            killed(tally.Kill(step, isHit));
        }

        await RestAsync(world, people, chatters, cancellationToken);
    }

    // False where it was killed without having been there.
    private async Task<bool> KillAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        CrashStep step,
        CancellationToken cancellationToken
    )
    {
        await ActAwayAsync(people, step.Work);
        world.MakeDue(step.Work.HasFlag(CrashWork.Digest) || _random.Next(4) == 0);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var trap = new CrashTrap(world, chatters, step, _random);
        var began = TimeProvider.System.GetTimestamp();
        world.Process.Start(trap.Environment);
        var acting = ActAsync(world, people, chatters, step.Work, over.Token);
        var isHit = await trap.WaitAsync(Left, cancellationToken);
        var code = await world.Process.KillAsync();
        await over.CancelAsync();
        await acting;
        world.Discord.ClearFaults();
        world.Slack.ClearFaults();
        Did($"{(isHit ? "killed" : "killed without having been")} {step.Name}");
        if (code != CrashTrap.KilledCode)
        {
            say($"seed {seed}: the program ended by itself with {code}:\n{world.Process.Said}");
            var report = new CheckReport();
            report.Add(FindingKind.Wrong, $"It ended by itself with {code}.");
            Report(report);
        }

        return isHit;

        // The step is waited for from the moment the program answers.
        TimeSpan Left() =>
            (_readyAt is { } ready ? TimeProvider.System.GetElapsedTime(began, ready) + Patience : StartPatience)
            - TimeProvider.System.GetElapsedTime(began);
    }

    private async Task ActAwayAsync(CrashPeople people, CrashWork work)
    {
        if (work.HasFlag(CrashWork.First))
        {
            return;
        }

        if (work.HasFlag(CrashWork.Story) || work.HasFlag(CrashWork.Digest) || _random.Next(5) == 0)
        {
            people.Tell();
        }

        if (_random.Next(2) == 0)
        {
            await people.SayAtDiscordAsync();
        }

        if (_random.Next(2) == 0)
        {
            await people.SayAtSlackAsync();
        }

        if (work.HasFlag(CrashWork.Edit) && _random.Next(2) == 0)
        {
            await people.EditAsync();
        }

        if (work.HasFlag(CrashWork.Delete) && _random.Next(2) == 0)
        {
            await people.DeleteAsync();
        }
    }

    // From the first answer on, until it is killed.
    private async Task ActAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        CrashWork work,
        CancellationToken over
    )
    {
        _readyAt = null;
        try
        {
            await world.Process.ReadyAsync(over);
            _readyAt = TimeProvider.System.GetTimestamp();
            await chatters.RepeatAsync(over);
            for (var acts = 0; ; acts++)
            {
                // While something is waited for that comes only once, nothing else may bring it.
                var isChatty = acts < Chatter && !work.HasFlag(CrashWork.First);
                over.ThrowIfCancellationRequested();
                await ActOnceAsync(people, chatters, work, isChatty, over);
                var pause = TimeSpan.FromMilliseconds(isChatty ? _random.Next(300) : 200 + _random.Next(300));
                await Task.Delay(pause, TimeProvider.System, over);
            }
        }
        catch (Exception error)
            when (error is OperationCanceledException
                || (error is InvalidOperationException && over.IsCancellationRequested)
            )
        {
            // It was killed.
        }
        catch (InvalidOperationException error)
            when (error.Message.Contains("ended by itself", StringComparison.Ordinal))
        {
            // It killed itself where it was told to.
        }
    }

    private async Task ActOnceAsync(
        CrashPeople people,
        CrashChatters chatters,
        CrashWork work,
        bool isChatty,
        CancellationToken over
    )
    {
        if (work.HasFlag(CrashWork.Edit) && _random.Next(2) == 0)
        {
            await (_random.Next(3) == 0 ? chatters.ChangeAsync(isDeletion: false, over) : people.EditAsync());
        }

        if (work.HasFlag(CrashWork.Delete) && _random.Next(2) == 0)
        {
            await (_random.Next(3) == 0 ? chatters.ChangeAsync(isDeletion: true, over) : people.DeleteAsync());
        }

        if (Speaks(CrashWork.ReplyAtDiscord))
        {
            await people.SayAtDiscordAsync();
        }

        if (Speaks(CrashWork.ReplyAtSlack))
        {
            await people.SayAtSlackAsync();
        }

        if (Speaks(CrashWork.ReplyOnWeb))
        {
            await chatters.SayAsync(over);
        }

        bool Speaks(CrashWork where) =>
            _random.Next(6)
            < (
                work.HasFlag(where) ? 3
                : isChatty ? 1
                : 0
            );
    }

    private async Task RestAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        CancellationToken cancellationToken
    )
    {
        world.MakeDue(digests: true);
        world.Process.Start();
        await world.Process.ReadyAsync(cancellationToken);
        var ended = world.Process.EndedAsync(cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        var report = world.Check(people.Account, _numbers);
        while (
            report.Findings.Count > 0 && !ended.IsCompleted && TimeProvider.System.GetElapsedTime(began) < RestPatience
        )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, cancellationToken);
            await chatters.RepeatAsync(cancellationToken);
            // What was polled after the digests were made waits for the next ones.
            world.MakeNextDigestsDue();
            report = world.Check(people.Account, _numbers);
        }

        if (ended.IsCompleted)
        {
            report.Add(FindingKind.Wrong, $"It ended by itself while nobody killed it:\n{world.Process.Said}");
        }
        else
        {
            await chatters.RepeatTakenAsync(report, cancellationToken);
            await PageCheck.LookAsync(world.Open, world.Process.Http, people.Account, report, cancellationToken);
        }

        Report(report);
        await world.Process.KillAsync();
    }

    private void Report(CheckReport report)
    {
        tally.Add(report);
        if (report.Findings.Count > 0)
        {
            say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {seed}, after {tally.Kills} kills in all:\n  {string.Join("\n  ", report.Findings)}\n  {string.Join("\n  ", _did.TakeLast(12))}"
                )
            );
        }
    }

    private void Did(string what) => _did.Add(what);
}
