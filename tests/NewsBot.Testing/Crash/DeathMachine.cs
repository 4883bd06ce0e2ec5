using System.Globalization;
using NewsBot.Testing.Checking;
using NewsBot.Testing.Newsrooms;

namespace NewsBot.Testing.Crash;

/// <summary>
/// Several processes share a PostgreSQL database; one after the other is killed, stopped for longer than its lease or cut off
/// from the database, and the database itself goes away, all while people talk. The clock of one machine is an hour ahead all
/// the while. Then all comes to rest and is checked.
/// </summary>
/// <param name="processes">How many.</param>
/// <param name="seed">Any number; it decides who dies and what people do.</param>
/// <param name="say">Hears how it goes.</param>
internal sealed class DeathMachine(int processes, int seed, Action<string> say)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    // Long enough for another one to take over, and to talk through it.
    private static readonly TimeSpan Absence = Lease + TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan RestPatience = TimeSpan.FromMinutes(4);

    // A reply waits while nobody holds the platform's connection.
    private const string LongestReply =
        "SELECT COALESCE(MAX(accepted_at - written_at), 0) FROM comment WHERE channel_id = @Channel";

    private const string LongestDigest = """
        SELECT COALESCE(MAX(p.sent_at - d.due_at), 0) FROM digest d
        JOIN post p ON p.channel_id = d.channel_id AND p.subject = 'digest:' || d.id
        WHERE p.operation = 'create' AND p.state = 'sent' AND d.id <= @Last
        """;

    private readonly Random _random = new(seed);
    private readonly NumberMemory _numbers = new();
    private readonly HashSet<int> _away = [];

    /// <summary>
    /// Full path of a program of an earlier version, with which all processes begin: one gives way to this version before the
    /// first death, the others after the last. Null for none.
    /// </summary>
    public string? Earlier { get; init; }

    /// <summary>What came of it.</summary>
    public DeathTally Tally { get; } = new();

    /// <param name="rounds">How many deaths; their kinds take turns.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        await using var storage = await SharedStorage.MakeAsync(processes, isEmpty: Earlier is not null);
        await using var world = await CrashWorld.StartAsync(
            CrashWishes.Of(seed) with
            {
                Settings = _ => [$"--Process:Lease={Lease}"],
                Program = Earlier ?? CrashWishes.Built,
            },
            storage,
            cancellationToken
        );
        var people = new CrashPeople(world, _random);
        var chatters = new CrashChatters(world, people, _random);
        for (var i = 0; i < 4; i++)
        {
            people.Tell();
        }

        world.Processes[^1].Environment = WrongClock.AnHourAhead();
        foreach (var process in world.Processes)
        {
            process.Start();
            await process.ReadyAsync(cancellationToken);
        }

        try
        {
            await UpgradeAsync(world, people, chatters, world.Processes.Take(1), cancellationToken);
            await DieInTurnAsync(world, people, chatters, rounds, cancellationToken);
            await UpgradeAsync(world, people, chatters, world.Processes.Skip(1), cancellationToken);
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidOperationException(
                $"{error.Message}\n{string.Join("\n\n", world.Processes.Select(process => process.Said))}",
                error
            );
        }

        // While all comes to rest, digests are due in the past.
        var lastDigest = world.Number("SELECT COALESCE(MAX(id), 0) FROM digest");
        await RestAsync(world, people, chatters, cancellationToken);
        Tally.LongestAtDiscord = Longest(world, LongestReply, new { Channel = world.AtDiscord.Row });
        Tally.LongestAtSlack = Longest(world, LongestReply, new { Channel = world.AtSlack.Row });
        Tally.LongestDigest = Longest(world, LongestDigest, new { Last = lastDigest });
    }

    private async Task DieInTurnAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        int rounds,
        CancellationToken cancellationToken
    )
    {
        await TalkAsync(world, people, chatters, Between, cancellationToken);
        for (var round = 0; round < rounds; round++)
        {
            var kind = Enum.GetValues<Death>()[round % Enum.GetValues<Death>().Length];
            var victim = Victim(world);
            say($"{round + 1} of {rounds}: {Words(kind)} {(kind is Death.Failover ? "" : $"of process {victim}")}");
            await DieAsync(world, people, chatters, (kind, victim), cancellationToken);
            await TalkAsync(world, people, chatters, Between, cancellationToken);
            Tally.Count(kind);
        }
    }

    private async Task UpgradeAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        IEnumerable<NewsroomProcess> earlier,
        CancellationToken cancellationToken
    )
    {
        if (Earlier is null)
        {
            return;
        }

        foreach (var process in earlier)
        {
            await TalkAsync(world, people, chatters, Between, cancellationToken);
            say("this version takes the place of an earlier one");
            await process.StopAsync();
            process.Program = CrashWishes.Built;
            process.Start();
            await process.ReadyAsync(cancellationToken);
            await TalkAsync(world, people, chatters, Between, cancellationToken);
        }
    }

    private static TimeSpan Longest(CrashWorld world, string sql, object parameters) =>
        TimeSpan.FromMilliseconds(world.Number(sql, parameters));

    private static string Words(Death death) =>
        death switch
        {
            Death.Kill => "kill -9",
            Death.Pause => "SIGSTOP past the lease",
            Death.Partition => "no way to the database",
            _ => "failover of the database",
        };

    // Half of the time the one that holds Discord's connection.
    private int Victim(CrashWorld world)
    {
        if (_random.Next(2) == 0)
        {
            var holder = world.Rows<string>(
                "SELECT p.name FROM lease l JOIN process p ON p.id = l.process_id WHERE l.name = @Name",
                new { Name = _random.Next(2) == 0 ? "discord" : "slack" }
            );
            for (var i = 0; i < processes && holder.Count > 0; i++)
            {
                var ending = string.Create(CultureInfo.InvariantCulture, $":{world.Processes[i].Id}");
                if (holder[0].EndsWith(ending, StringComparison.Ordinal))
                {
                    return i;
                }
            }
        }

        return _random.Next(processes);
    }

    private async Task DieAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        (Death Kind, int Victim) death,
        CancellationToken cancellationToken
    )
    {
        var victim = world.Processes[death.Victim];
        switch (death.Kind)
        {
            case Death.Kill:
                await victim.KillAsync();
                await AwayAsync(death.Victim, world, people, chatters, cancellationToken);
                victim.Start();
                await victim.ReadyAsync(cancellationToken);
                break;
            case Death.Pause:
                await victim.PauseAsync();
                await AwayAsync(death.Victim, world, people, chatters, cancellationToken);
                await victim.ContinueAsync();
                break;
            case Death.Partition:
                world.Shared!.Ways[death.Victim].Part();
                await AwayAsync(death.Victim, world, people, chatters, cancellationToken);
                world.Shared.Ways[death.Victim].Join();
                break;
            default:
                await world.Shared!.Server.RestartAsync();
                break;
        }
    }

    private async Task AwayAsync(
        int victim,
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        CancellationToken cancellationToken
    )
    {
        _away.Add(victim);
        await TalkAsync(world, people, chatters, Absence, cancellationToken);
        _away.Remove(victim);
    }

    private async Task TalkAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        TimeSpan length,
        CancellationToken cancellationToken
    )
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < length)
        {
            var there = Enumerable.Range(0, processes).Where(place => !_away.Contains(place)).ToList();
            world.Spoken = there[_random.Next(there.Count)];
            if (_random.Next(4) == 0)
            {
                people.Tell();
                world.MakeDue(digests: _random.Next(3) == 0);
            }

            await chatters.RepeatAsync(cancellationToken);
            await ActAsync(people, chatters, cancellationToken);
            // Discord takes thirty copies a minute in a channel; what is said faster waits for nothing but that.
            await Task.Delay(
                TimeSpan.FromMilliseconds(600 + _random.Next(1_200)),
                TimeProvider.System,
                cancellationToken
            );
        }
    }

    private Task ActAsync(CrashPeople people, CrashChatters chatters, CancellationToken cancellationToken) =>
        _random.Next(9) switch
        {
            < 3 => people.SayAtDiscordAsync(),
            < 5 => people.SayAtSlackAsync(),
            < 7 => chatters.SayAsync(cancellationToken),
            7 => people.EditAsync(),
            _ => people.DeleteAsync(),
        };

    private async Task RestAsync(
        CrashWorld world,
        CrashPeople people,
        CrashChatters chatters,
        CancellationToken cancellationToken
    )
    {
        world.MakeDue(digests: true);
        var began = TimeProvider.System.GetTimestamp();
        var report = world.Check(people.Account, _numbers);
        while (report.Findings.Count > 0 && TimeProvider.System.GetElapsedTime(began) < RestPatience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, cancellationToken);
            await chatters.RepeatAsync(cancellationToken);
            world.MakeNextDigestsDue();
            report = world.Check(people.Account, _numbers);
        }

        await chatters.RepeatTakenAsync(report, cancellationToken);
        // What one process wrote, each of them shows.
        for (var place = 0; place < processes; place++)
        {
            if (world.Processes[place].EndedAsync(cancellationToken).IsCompleted)
            {
                report.Add(FindingKind.Wrong, $"Process {place} ended by itself.");
                continue;
            }

            await PageCheck.LookAsync(
                world.Open,
                world.Processes[place].Http,
                people.Account,
                report,
                cancellationToken
            );
        }

        Tally.Add(report);
        foreach (var finding in report.Findings)
        {
            say($"  {finding}");
        }

        if (report.Findings.Count > 0)
        {
            foreach (var process in world.Processes)
            {
                say(process.Said);
            }
        }
    }
}

/// <summary>What happens to a process, or to all.</summary>
internal enum Death
{
    Kill,
    Pause,
    Partition,
    Failover,
}
