using Microsoft.Extensions.DependencyInjection;
using NewsBot.Testing.Checking;

namespace NewsBot.Testing.Simulation;

/// <summary>
/// A few days of a newsroom in less than a second, the same again for the same seed. The program's own services run on its
/// real database file; its flows are started one turn at a time by a seeded driver and go on in one thread, in the order in
/// which what they wait for happens; the clock moves only when everything waits for it; calls go to the fake platforms
/// without sockets. Between any two of those, and in the middle of every call, things go wrong as the seed says, and the
/// process dies at calls and commits. What is not simulated: gateway and socket protocols, the listener's HTTP, and a death
/// in the middle of a commit, which real processes are killed for elsewhere.
/// </summary>
internal static class SimulatedNewsroom
{
    private static readonly DateTimeOffset[] Starts =
    [
        new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        // Europe/Berlin skips an hour the next night, and doubles one.
        new(2026, 3, 28, 20, 0, 0, TimeSpan.Zero),
        new(2026, 10, 24, 20, 0, 0, TimeSpan.Zero),
    ];

    // What is left undone after the last fault has to be done once digests, pauses and clocks have come round.
    private static readonly TimeSpan[] Aftermath =
    [
        .. Enumerable.Repeat(TimeSpan.FromSeconds(2), 5),
        .. Enumerable.Repeat(TimeSpan.FromSeconds(30), 6),
        .. Enumerable.Repeat(TimeSpan.FromMinutes(5), 4),
        .. Enumerable.Repeat(TimeSpan.FromMinutes(30), 4),
        .. Enumerable.Repeat(TimeSpan.FromHours(2), 44),
    ];

    /// <summary>Plays one seed on a thread of its own.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="keepsTrace">Whether the whole course of events is wanted.</param>
    /// <param name="sabotage">Last changes to the program's services, for tests of the tests.</param>
    public static SimulationResult Run(int seed, bool keepsTrace = false, Action<IServiceCollection>? sabotage = null)
    {
        SimulationResult? result = null;
        var thread = new Thread(() => result = Play(seed, keepsTrace, sabotage)) { Name = "simulation" };
        thread.Start();
        thread.Join();
        return result!;
    }

    private static SimulationResult Play(int seed, bool keepsTrace, Action<IServiceCollection>? sabotage)
    {
        var began = TimeProvider.System.GetTimestamp();
        var start = Starts[((seed % Starts.Length) + Starts.Length) % Starts.Length];
        using var world = new World(seed, start) { Sabotage = sabotage };
        world.Trace.All = keepsTrace ? [] : null;
        var problem = "";
        CheckReport? report = null;
        try
        {
            world.SetUpNewsroom();
            var script = new SimulationScript(world);
            script.Play();
            (problem, report) = ComeToRest(world);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            problem = error.ToString();
        }

        problem = world.Broken?.ToString() ?? problem;
        world.Trace.Add(problem.Length == 0 ? "all is well" : problem);
        return new SimulationResult(
            seed,
            world.Trace.Fingerprint,
            world.Trace.Count,
            problem,
            world.Trace.All ?? [.. world.Trace.Lines],
            world.Weather.Happened,
            TimeProvider.System.GetElapsedTime(began)
        )
        {
            Stories = world.Account.Stories.Count,
            Replies = world.Account.Replies.Count,
            Posts = report?.Posts ?? 0,
            Copies = report?.Copies ?? 0,
            Log = world.Process?.Log.Lines ?? [],
            Rows = problem.Length > 0 && keepsTrace ? world.Describe() : [],
        };
    }

    private static (string Problem, CheckReport Report) ComeToRest(World world)
    {
        world.Weather.Clear();
        world.Machine.ClockError = TimeSpan.Zero;
        world.Disk.Troubled = 0;
        world.Trace.Add("nothing goes wrong any more");
        var numbers = new NumberMemory();
        var report = new CheckReport();
        foreach (var pause in Aftermath)
        {
            if (world.Process is null or { IsDead: true })
            {
                world.Boot();
            }

            world.Process!.DiesAfter = null;
            world.People.AskAgain();
            world.Tick();
            world.Pass(pause);
            if (!world.People.AreServed || world.Process.IsBusy() || world.HasUnsentPosts)
            {
                continue;
            }

            report = new NewsroomChecker(
                () => Ledger.Open(world.File),
                world.Discord.State,
                world.Slack.State,
                world.Account,
                numbers
            ).Run();
            DueInstants.Look(world, report);
            if (report.Findings.Count == 0)
            {
                return ("", report);
            }
        }

        // What is wrong at the end is said, also where something still waits.
        report = new NewsroomChecker(
            () => Ledger.Open(world.File),
            world.Discord.State,
            world.Slack.State,
            world.Account,
            numbers
        ).Run();
        DueInstants.Look(world, report);
        var waits = string.Join(", ", world.Process!.Waiting);
        return (report.Findings.Count == 0 && waits.Length == 0 ? "" : $"{report}\nwaiting: {waits}", report);
    }
}
