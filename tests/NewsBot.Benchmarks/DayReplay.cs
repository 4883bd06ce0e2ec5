using System.Globalization;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Time;

namespace NewsBot.Benchmarks;

/// <summary>
/// A day of replies in twenty channel pairs, some of them edited or deleted, by a clock that runs a hundred times as fast
/// as the wall's: what is lost, what is doubled, whether copies are copied, and how much room a comment takes.
/// </summary>
/// <param name="replies">How many, spread evenly.</param>
/// <param name="hours">How much of the day is replayed.</param>
/// <param name="seed">Decides where, and what is changed.</param>
internal sealed class DayReplay(int replies, int hours, int seed)
{
    private const double Hurry = 100;
    private const int MostUnderWay = 64;
    private const double Edited = 0.05;
    private const double Deleted = 0.02;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private readonly HurriedTime _clock = new(Hurry);
    private readonly List<Written> _written = [];

    public async Task RunAsync()
    {
        var step = TimeSpan.FromHours(hours) / replies;
        await using var stage = await MirrorStage.StartAsync(
            new FakeDiscordOptions { Time = _clock },
            new FakeSlackOptions { Time = _clock }
        );
        await OpenThreadsAsync(stage);
        var before = await SizeAsync(stage);

        var start = TimeProvider.System.GetTimestamp();
        var random = new Random(seed);
        for (var number = MirrorStage.Stories; number < replies + MirrorStage.Stories; number++)
        {
            await WriteAsync(stage, random, number);
            var early = (step * (number - MirrorStage.Stories)) - (TimeProvider.System.GetElapsedTime(start) * Hurry);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, _clock);
            }

            await KeepUpAsync(stage, MostUnderWay);
        }

        await KeepUpAsync(stage, 0);
        await ReportAsync(stage, TimeProvider.System.GetElapsedTime(start), await SizeAsync(stage) - before);
        await ChangeAsync(stage, random);
        ReportChanges(stage);
    }

    private static async Task OpenThreadsAsync(MirrorStage stage)
    {
        for (var story = 0; story < MirrorStage.Stories; story++)
        {
            await stage.SayAsync('s', story, CopyWatch.Mark('s', story));
        }

        await RunningNewsroom.UntilAsync(() =>
        {
            stage.Watch.Look();
            return Task.FromResult(stage.Watch.Seen.Count == MirrorStage.Stories ? "all" : null);
        });
    }

    private async Task WriteAsync(MirrorStage stage, Random random, int number)
    {
        var side = random.Next(2) == 0 ? 'd' : 's';
        var story = random.Next(MirrorStage.Stories);
        var mark = CopyWatch.Mark(side, number);
        var message = await stage.SayAsync(side, story, $"I think {mark}, and so do all that I know here.");
        _written.Add(new Written(side, story, message, mark));
    }

    /// <summary>Lets the newsroom work until at most so many copies are missing.</summary>
    private async Task KeepUpAsync(MirrorStage stage, int most)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            stage.Watch.Look();
            if (
                _written.Count + MirrorStage.Stories - stage.Watch.Seen.Count <= most
                || TimeProvider.System.GetElapsedTime(start) > Patience
            )
            {
                return;
            }

            await Task.Delay(ShortWait, TimeProvider.System);
        }
    }

    /// <summary>Some are edited and some deleted where they were written, and the copies follow.</summary>
    private async Task ChangeAsync(MirrorStage stage, Random random)
    {
        List<Written> underWay = [];
        foreach (var written in _written)
        {
            var fate = random.NextDouble();
            if (fate < Edited)
            {
                written.Mark = written.Mark.Replace('x', 'y');
                await stage.EditAsync(written.Side, written.Story, written.Message, $"I now think {written.Mark}.");
            }
            else if (fate < Edited + Deleted)
            {
                written.IsDeleted = true;
                await stage.DeleteAsync(written.Side, written.Story, written.Message);
            }
            else
            {
                continue;
            }

            underWay.Add(written);
            await Task.Delay(TimeSpan.FromSeconds(1), _clock);
            if (underWay.Count == MostUnderWay)
            {
                await KeepUpAsync(stage, underWay);
                underWay.Clear();
            }
        }

        await KeepUpAsync(stage, underWay);
        for (var quiet = 0; quiet < 3; )
        {
            await Task.Delay(Quiet, TimeProvider.System);
            quiet = await WaitingAsync(stage) == 0 ? quiet + 1 : 0;
        }
    }

    /// <summary>Lets the newsroom work until it knows of changes and has sent what they mean for copies.</summary>
    private static async Task KeepUpAsync(MirrorStage stage, IReadOnlyList<Written> changed)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var written in changed)
        {
            while (!await IsKnownAsync(stage, written) && TimeProvider.System.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(ShortWait, TimeProvider.System);
            }
        }

        while (await WaitingAsync(stage) > 0 && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(ShortWait, TimeProvider.System);
        }
    }

    private static async Task<bool> IsKnownAsync(MirrorStage stage, Written written) =>
        await stage.Room.Newsroom.NumberAsync(
            """
            SELECT COUNT(*) FROM comment c JOIN channel ch ON ch.id = c.channel_id JOIN workspace w ON w.id = ch.workspace_id
            WHERE c.message_id = @Message AND w.platform = @Platform AND (c.state = 'deleted' OR c.body LIKE @Said)
            """,
            new
            {
                written.Message,
                Platform = written.Side == 'd' ? "discord" : "slack",
                Said = written.IsDeleted ? "" : $"%{written.Mark}%",
            }
        ) > 0;

    private static Task<long> WaitingAsync(MirrorStage stage) =>
        stage.Room.Newsroom.NumberAsync(
            "SELECT COUNT(*) FROM post WHERE state = 'waiting' AND subject LIKE 'comment:%'"
        );

    private async Task ReportAsync(MirrorStage stage, TimeSpan took, long bytes)
    {
        var copies = stage.Watch.AllCopies();
        var lost = _written.Count(written => !copies.ContainsKey(written.Mark));
        var doubled = copies.Count(copy => copy.Value > 1);
        var comments = await stage.Room.Newsroom.NumberAsync("SELECT COUNT(*) FROM comment") - MirrorStage.Stories;
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"day: {replies} replies of {hours} hours in {took.TotalSeconds:0} s; lost {lost}, doubled {doubled} (target 0, 0); comments {comments} ({(comments == replies ? "no copy was taken for a reply" : "copies were taken for replies")}); {(double)bytes / replies:0} bytes a comment in the database, with its copy's post"
            )
        );
    }

    private void ReportChanges(MirrorStage stage)
    {
        var copies = stage.Watch.AllCopies();
        var edited = _written.Where(written => written.Mark.Contains('y', StringComparison.Ordinal)).ToList();
        var deleted = _written.Where(written => written.IsDeleted).ToList();
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  then edited {edited.Count}, of them not carried over {edited.Count(written => !copies.ContainsKey(written.Mark))}; deleted {deleted.Count}, of them still shown {deleted.Count(written => copies.ContainsKey(written.Mark))}; doubled {copies.Count(copy => copy.Value > 1)}; refusals (429): Slack {stage.Room.Slack.Slack.Statistics.Avoidable}, Discord {stage.Room.Discord.Discord.Statistics.Avoidable}"
            )
        );
    }

    private static Task<long> SizeAsync(MirrorStage stage) =>
        stage.Room.Newsroom.NumberAsync("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");

    /// <summary>A reply and what became of it.</summary>
    private sealed class Written(char side, int story, string message, string mark)
    {
        public char Side => side;

        public int Story => story;

        public string Message => message;

        /// <summary>What its text holds now.</summary>
        public string Mark { get; set; } = mark;

        public bool IsDeleted { get; set; }
    }
}
