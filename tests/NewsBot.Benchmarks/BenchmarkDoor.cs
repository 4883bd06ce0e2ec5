using System.Globalization;
using NewsBot.Benchmarks.Load;

namespace NewsBot.Benchmarks;

/// <summary>Finds the benchmark on the command line.</summary>
internal static class BenchmarkDoor
{
    private const string Usage = """
        Prints numbers with their baseline beside them; nothing is asserted. Build with -c Release.
          start [--runs 5] [--idle 30] [--program FILE]   start-up time and resident memory
          page                                            a story page with 1,000 comments
          reply                                           from a post in the chat to the comment on the page
          all                                             these three
          stories                                         finding copies among 10,000 to 1,000,000 texts and choosing stories
                                                          among 5,000 to 500,000 reports: speed and memory
          crowd [--comments 1000000]                      a story with 10,000 comments, and a large database
          discord [burst|reply|load]                      a burst of cards, replies, idle guilds and chatter at a fake Discord
          slack [burst|reply|slash]                       a burst of cards, replies, and commands meanwhile at a fake Slack
          feeds [--files DIR] [--rounds 7] [--seed 1]     the feed reader beside a bare XmlReader over the same bytes
          mirror [--seconds 120] [--seed 1]               replies on both sides of channel pairs, until the copy on the other
          day [--replies 100000] [--hours 24] [--seed 1] a day of replies by a fast clock; what is lost, doubled or looped
          faults [--platform discord|slack|both] [--scripts 1000] [--seed 1]
                                                          scripts of faults at a fake platform; what is lost or doubled
          soak [--days 8 [--hurry 600] | --hours 1] [--seed 1] [--picture soak.svg]
                                                          the whole program as a process of its own for days by a fast clock, or
                                                          for real hours: memory, handles, threads and files, as a table and a picture
          crash [--kills 1000] [--seed 1] [--jobs N] [--step TEXT]
                                                          the program is killed at every step and started again; what is lost
                                                          or doubled; N newsrooms at a time, one for each core
          death [--rounds 16] [--processes 3] [--seed 1] [--earlier FILE]
                                                          processes on one PostgreSQL database are killed, stopped past their
                                                          lease and cut off, and the database fails over; what is lost or
                                                          doubled, and the longest silences; with the program of an earlier
                                                          version they begin with that and are replaced one by one
          lively [--minutes 25] [--processes 3] [--port 9464] [--seed 1]
                                                          a lively newsroom for Prometheus to look at: processes on one
                                                          PostgreSQL database, each with its metrics at a port of its own;
                                                          every few minutes one dies or a platform has troubles
          simulate [--seed 1 | --first 1 --seeds 10000 [--jobs N]]
                                                          simulated newsrooms full of faults, each from a seed, in as many processes
                                                          as there are cores; one seed is replayed with all that happened in it
          polling [--feeds 1000] [--rounds 5] [--program FILE]
                                                          the whole program polls feeds of nginx, each on a host of its own, new
                                                          and unchanged ones, beside newsboat and the bare fetching
          websub [--publications 20]                      from publication to the post in a fake Discord, by a hub's push and by
                                                          polling
          abuse [--rate 1000] [--seconds 30] [--seed 1] [--only quiet|few|many]
                                                          news, replies and a reader, first in quiet, then while strangers from
                                                          few and from many addresses ask for all they can
          load [--sources 1000] [--channels 200] [--processes N --storage sqlite|postgres] [--seconds 180] [--interval 60]
               [--unchanged 80] [--latency 0] [--seed 1]
                                                          many sources and channels under news as outlets publish it, by one
                                                          process or several: polls, posts, time from publication to the post,
                                                          processor time, memory, writes; without --processes all ways in a table
          load --claims [--sources 1000000] [--stories 1000000] [--storage sqlite|postgres]
                                                          a claim of due feeds, pages, a reply and a poll with news, as the
                                                          database grows to so many
          extract [--pages DIR] [--rounds 3]              finding the text of articles, beside SmartReader and the bare parse
          summaries                                       time of a summary, beside taking the leading sentences
          quality --sets DIR                              how right feeds, texts, copies, stories and summaries are, by the
                                                          measuring sets in a folder
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            switch (args.FirstOrDefault())
            {
                case "start":
                    await StartAsync(args);
                    return 0;
                case "page":
                    await PageBenchmark.RunAsync();
                    return 0;
                case "reply":
                    await ReplyBenchmark.RunAsync();
                    return 0;
                case "stories":
                    StoriesBenchmark.Run();
                    return 0;
                case "crowd":
                    await CrowdBenchmark.RunAsync(Number(args, "--comments", 1_000_000));
                    return 0;
                case "all":
                    await StartAsync(args);
                    await PageBenchmark.RunAsync();
                    await ReplyBenchmark.RunAsync();
                    return 0;
                case "discord":
                    await DiscordAsync(args.ElementAtOrDefault(1));
                    return 0;
                case "slack":
                    await SlackAsync(args.ElementAtOrDefault(1));
                    return 0;
                case "feeds":
                    FeedBenchmark.Run(Option(args, "--files"), Number(args, "--rounds", 7), Number(args, "--seed", 1));
                    return 0;
                case "mirror":
                    await new MirrorBenchmark(
                        TimeSpan.FromSeconds(Number(args, "--seconds", 120)),
                        Number(args, "--seed", 1)
                    ).RunAsync();
                    return 0;
                case "day":
                    await new DayReplay(
                        Number(args, "--replies", 100_000),
                        Number(args, "--hours", 24),
                        Number(args, "--seed", 1)
                    ).RunAsync();
                    return 0;
                case "faults":
                    return await FaultBenchmark.RunAsync(
                        Option(args, "--platform") ?? "discord",
                        Number(args, "--scripts", 1_000),
                        Number(args, "--seed", 1)
                    )
                        ? 0
                        : 1;
                case "soak":
                    return await SoakAsync(args) ? 0 : 1;
                case "crash":
                    return await CrashBenchmark.RunAsync(
                        Number(args, "--kills", 1_000),
                        Number(args, "--seed", 1),
                        Number(args, "--jobs", Environment.ProcessorCount),
                        Option(args, "--step")
                    )
                        ? 0
                        : 1;
                case "death":
                    return await DeathBenchmark.RunAsync(
                        Number(args, "--rounds", 16),
                        Number(args, "--processes", 3),
                        Number(args, "--seed", 1),
                        Option(args, "--earlier")
                    )
                        ? 0
                        : 1;
                case "lively":
                    await new LivelyNewsroom(
                        TimeSpan.FromMinutes(Number(args, "--minutes", 25)),
                        Number(args, "--processes", 3),
                        Number(args, "--port", 9464),
                        Number(args, "--seed", 1)
                    ).RunAsync(CancellationToken.None);
                    return 0;
                case "simulate":
                    return await SimulateAsync(args) ? 0 : 1;
                case "extract":
                    await new ExtractBenchmark(Option(args, "--pages"), Number(args, "--rounds", 3)).RunAsync();
                    return 0;
                case "polling":
                    await new PollingBenchmark(
                        Number(args, "--feeds", 1_000),
                        Number(args, "--rounds", 5),
                        Option(args, "--program") ?? StartBenchmark.BuiltProgram
                    ).RunAsync();
                    return 0;
                case "websub":
                    await new WebSubBenchmark(Number(args, "--publications", 20)).RunAsync();
                    return 0;
                case "abuse":
                    return await AbuseBenchmark.RunAsync(
                        Number(args, "--rate", 1_000),
                        Number(args, "--seconds", 30),
                        Number(args, "--seed", 1),
                        Option(args, "--only")
                    )
                        ? 0
                        : 1;
                case "load" when args.Contains("--claims"):
                    await LoadGrowth.RunAsync(
                        Number(args, "--sources", 1_000_000),
                        Number(args, "--stories", 1_000_000),
                        Option(args, "--storage") is { } storage ? [storage is "postgres"] : [false, true]
                    );
                    return 0;
                case "load":
                    await LoadAsync(args);
                    return 0;
                case "summaries":
                    await SummaryBenchmark.RunAsync();
                    return 0;
                case "quality" when Option(args, "--sets") is { } sets:
                    await new QualityBenchmark(new MeasuringSets(sets)).RunAsync();
                    return 0;
                case BaselineHost.Verb when args.Length == 3:
                    await BaselineHost.RunAsync(new Uri(args[1]), args[2]);
                    return 0;
                case LoadWorld.Verb when args.Length == 2:
                    await LoadWorld.ServeAsync(args[1]);
                    return 0;
                case Strangers.Verb when args.Length == 2:
                    await Strangers.RunAsync(args[1]);
                    return 0;
                default:
                    Output.Error(Usage);
                    return 2;
            }
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or FormatException)
        {
            Output.Error(error.Message);
            return 1;
        }
    }

    private static Task StartAsync(string[] args) =>
        new StartBenchmark(
            Number(args, "--runs", 5),
            TimeSpan.FromSeconds(Number(args, "--idle", 30)),
            Option(args, "--program") ?? StartBenchmark.BuiltProgram
        ).RunAsync();

    private static Task<bool> SoakAsync(string[] args) =>
        new SoakBenchmark(
            Option(args, "--hours") is null
                ? TimeSpan.FromDays(Number(args, "--days", 8))
                : TimeSpan.FromHours(Number(args, "--hours", 1)),
            Option(args, "--hours") is null ? Number(args, "--hurry", 600) : 1,
            Number(args, "--seed", 1),
            Option(args, "--picture") ?? "soak.svg"
        ).RunAsync();

    private static async Task<bool> SimulateAsync(string[] args)
    {
        var (first, count) = (Number(args, "--first", 1), Number(args, "--seeds", 10_000));
        return Option(args, "--seed") is not null ? SimulationBenchmark.Replay(Number(args, "--seed", 1))
            : args.Contains("--reports") ? SimulationBenchmark.Report(first, count)
            : await SimulationBenchmark.RunAsync(first, count, Number(args, "--jobs", Environment.ProcessorCount));
    }

    private static Task LoadAsync(string[] args) =>
        LoadBenchmark.RunAsync(
            new LoadOptions
            {
                Sources = Number(args, "--sources", 1_000),
                Channels = Number(args, "--channels", 200),
                Seed = Number(args, "--seed", 1),
                Interval = TimeSpan.FromSeconds(Number(args, "--interval", 60)),
                Day = TimeSpan.FromSeconds(Number(args, "--seconds", 180)),
                Unchanged = Number(args, "--unchanged", 80) / 100.0,
                Latency = TimeSpan.FromMilliseconds(Number(args, "--latency", 0)),
                Program = Option(args, "--program") ?? StartBenchmark.BuiltProgram,
                Settings =
                [
                    .. args.Where(text =>
                        text.StartsWith("--", StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal)
                    ),
                ],
            },
            Option(args, "--processes") is null && Option(args, "--storage") is null
                ? null
                : new LoadSetUp(Number(args, "--processes", 1), Option(args, "--storage") is "postgres")
        );

    private static async Task DiscordAsync(string? only)
    {
        if (only is null or "burst")
        {
            await DiscordBurst.RunAsync();
        }

        if (only is null or "reply")
        {
            await DiscordReplyBenchmark.RunAsync();
        }

        if (only is null or "load")
        {
            await DiscordLoad.RunAsync();
        }
    }

    private static async Task SlackAsync(string? only)
    {
        if (only is null or "burst")
        {
            await SlackBurst.RunAsync();
        }

        if (only is null or "reply")
        {
            await SlackReplyBenchmark.RunAsync();
        }

        if (only is null or "slash")
        {
            await SlackSlashBenchmark.RunAsync();
        }
    }

    private static int Number(string[] args, string name, int usual) =>
        Option(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    private static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
