using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace NewsBot.Benchmarks;

/// <summary>
/// Many who ask for all they can, at a rate that does not wait for answers, as a process of its own: what they cost is not
/// counted as what the people, the platforms or the newsroom cost.
/// </summary>
/// <param name="order">What they do.</param>
internal sealed class Strangers(StrangersOrder order)
{
    public const string Verb = "strangers";

    /// <summary>Printed when they begin.</summary>
    public const string Beginning = "the strangers begin";

    // The addresses of strangers begin with 127.6.
    private const int Group = 6;

    // So many wait at once; whoever floods a server has no more sockets than that either.
    private const int MostUnderWay = 4_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<double> _waits = [];
    private int _underWay;
    private int _sent;
    private int _held;

    /// <summary>Does it, and prints what came of it as the last line.</summary>
    /// <param name="order">A <see cref="StrangersOrder"/> as JSON.</param>
    public static async Task RunAsync(string order)
    {
        var strangers = new Strangers(JsonSerializer.Deserialize<StrangersOrder>(order)!);
        Output.Line(Beginning);
        Output.Line(JsonSerializer.Serialize(await strangers.AskAsync()));
    }

    private async Task<StrangersReport> AskAsync()
    {
        var clients = Enumerable
            .Range(0, order.Addresses)
            .Select(number =>
                LoopbackClient.Of(LoopbackClient.Address(Group, number), order.Server, order.Host, Patience)
            )
            .ToList();
        using var over = new CancellationTokenSource();
        var idle = new IdleStrangers(order, number => LoopbackClient.Address(Group, number % order.Addresses), Count);
        var waiting = idle.RunAsync(over.Token);
        var began = TimeProvider.System.GetTimestamp();
        await FloodAsync(clients, began);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await over.CancelAsync();
        await waiting;
        while (Volatile.Read(ref _underWay) > 0)
        {
            await Task.Delay(Tick, TimeProvider.System);
        }

        clients.ForEach(client => client.Dispose());
        var waits = new Measured(_waits.IsEmpty ? [0] : [.. _waits]);
        return new StrangersReport(
            _sent,
            _held,
            seconds,
            Environment.CpuUsage.TotalTime.TotalSeconds,
            waits.Median,
            waits.Percentile99,
            _answers.ToDictionary(StringComparer.Ordinal)
        );
    }

    private async Task FloodAsync(List<HttpClient> clients, long began)
    {
        var requests = new StrangerRequests(order);
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        var due = 0;
        while (TimeProvider.System.GetElapsedTime(began) is var elapsed && elapsed.TotalSeconds < order.Seconds)
        {
            for (var until = (int)(elapsed.TotalSeconds * order.Rate); due < until; due++)
            {
                if (Volatile.Read(ref _underWay) >= MostUnderWay)
                {
                    _held++;
                    continue;
                }

                _sent++;
                Interlocked.Increment(ref _underWay);
                _ = SendAsync(clients[due % clients.Count], requests.Next());
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private async Task SendAsync(HttpClient client, StrangerRequest asked)
    {
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            using var request = asked.Make();
            // A stream that stays open is left at once.
            using var answer = await client.SendAsync(
                request,
                asked.IsStream ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead
            );
            Count(string.Create(CultureInfo.InvariantCulture, $"{asked.Kind} {(int)answer.StatusCode}"));
            _waits.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            Count($"{asked.Kind} {(error is OperationCanceledException ? "late" : "cut")}");
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private void Count(string what) => _answers.AddOrUpdate(what, 1, static (_, count) => count + 1);
}

/// <summary>What strangers do.</summary>
/// <param name="Server">Where the newsroom listens.</param>
/// <param name="Host">What it is called.</param>
/// <param name="Rate">Requests a second, all together.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Addresses">How many they are.</param>
/// <param name="Idle">How many sockets more they hold open, half of them with a body that comes by the byte, half as readers of /live.</param>
/// <param name="Stories">Stories are numbered 1 to this.</param>
/// <param name="Seed">Decides who asks for what.</param>
internal sealed record StrangersOrder(
    Uri Server,
    string Host,
    int Rate,
    int Seconds,
    int Addresses,
    int Idle,
    int Stories,
    int Seed
);

/// <summary>What came of it.</summary>
/// <param name="Sent">Requests sent.</param>
/// <param name="Held">Requests not sent, because too many waited for their answers.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="ProcessorSeconds">What asking took of the machine.</param>
/// <param name="Median">Time until an answer was there, in milliseconds.</param>
/// <param name="Percentile99">Likewise.</param>
/// <param name="Answers">How often each kind of request got each status; "late" is no answer within ten seconds, "cut" a connection that was refused or cut.</param>
internal sealed record StrangersReport(
    int Sent,
    int Held,
    double Seconds,
    double ProcessorSeconds,
    double Median,
    double Percentile99,
    IReadOnlyDictionary<string, int> Answers
);
