using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NewsBot.Storage;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Testing.Servers.FakeSlack.Humans;

namespace NewsBot.Benchmarks;

/// <summary>How soon a command is acknowledged in a fake Slack while a burst of cards goes out and feeds are polled.</summary>
internal static class SlackSlashBenchmark
{
    // More a second than a workspace full of people types.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    // As anywhere else: what is compiled for the first command is no property of the others.
    private const int WarmUp = 20;

    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    public static async Task RunAsync()
    {
        var options = new FakeSlackOptions();
        // The sample newsroom that comes along is what is polled.
        await using var room = await SlackNewsroom.StartAsync(
            options,
            "--Starter:Enabled=true",
            "--Chat:Web:Enabled=true"
        );
        var place = room.Slack.Driver.AddChannel("commands", withBot: true);
        await room.ChannelAsync(place);
        var human = room.Slack.Human("Kofi");
        await Measured.OfAsync(WarmUp, _ => human.Slash("/news", "latest", place).AckedAsync(CancellationToken.None));
        var before = room.Slack.Statistics.Acknowledged.Count;
        using var stop = new CancellationTokenSource();
        var asking = AskAsync(human, place, stop.Token);
        var polling = PollAsync(room, stop.Token);

        await SlackBurst.Of(room, options).RunAsync();
        await stop.CancelAsync();
        var unanswered = await asking;
        var polls = await polling;

        var acks = new Measured([
            .. room.Slack.Statistics.Acknowledged.Skip(before).Select(ack => ack.TotalMilliseconds),
        ]);
        Output.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"slack slash: {acks.Values.Count} commands acknowledged while the burst went out and {polls} polls were due, {unanswered} not: median {acks.Median:0.0} ms, 99th percentile {acks.Percentile99:0.0} ms (target 500 ms)"
            )
        );
    }

    /// <returns>How many were not acknowledged.</returns>
    private static async Task<int> AskAsync(FakeHuman human, string place, CancellationToken cancellationToken)
    {
        List<Task<bool>> asked = [];
        while (!cancellationToken.IsCancellationRequested)
        {
            asked.Add(human.Slash("/news", "latest", place).AckedAsync(CancellationToken.None));
            await Task.Delay(Every, TimeProvider.System, CancellationToken.None);
        }

        var acked = await Task.WhenAll(asked);
        return acked.Count(one => !one);
    }

    /// <returns>How often all feeds were made due.</returns>
    private static async Task<int> PollAsync(SlackNewsroom room, CancellationToken cancellationToken)
    {
        var database = room.Newsroom.Services.GetRequiredService<Database>();
        for (var count = 0; ; count++)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return count;
            }

            await database.WriteAsync(
                connection => (Task)connection.ExecuteAsync("UPDATE feed SET next_poll_at = 0"),
                CancellationToken.None
            );
            await Task.Delay(PollEvery, TimeProvider.System, CancellationToken.None);
        }
    }
}
